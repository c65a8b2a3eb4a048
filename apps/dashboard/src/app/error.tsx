'use client';

import { paths } from '../lib/paths.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Empty } from '../ui/page.tsx';

/** A bug in a page ends here: the rest of the dashboard lives on. */
export default function ErrorBoundary({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const action = (
    <div className="flex gap-2">
      <Button look="primary" onClick={reset}>
        Try again
      </Button>
      <ButtonLink href={paths.home}>Go home</ButtonLink>
    </div>
  );
  return (
    <div role="alert" className="pt-[12vh]">
      <Empty title="This page broke" action={action}>
        That is a fault in Clawster, not in your bots: they go on running. If it comes back, report this:{' '}
        <code className="font-mono text-xs">{error.digest ?? error.message}</code>
      </Empty>
    </div>
  );
}
