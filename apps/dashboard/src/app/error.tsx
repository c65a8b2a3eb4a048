'use client';

import { buttonLook } from '../ui/button-look.ts';

/** A bug in a page ends here: the rest of the dashboard lives on. It needs no more code, for the code may be what is missing. */
export default function ErrorBoundary({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <div role="alert" className="flex flex-col items-center px-6 pt-[18vh] text-center">
      <h1 className="text-lg font-semibold">This page broke</h1>
      <p className="mt-1 mb-4 max-w-md text-sm text-muted">
        That is a fault in Clawster, not in your bots: they go on running. If it comes back, report this:{' '}
        <code className="font-mono text-xs">{error.digest ?? error.message}</code>
      </p>
      <div className="flex gap-2">
        <button type="button" className={buttonLook('primary')} onClick={reset}>
          Try again
        </button>
        <a className={buttonLook()} href="/">
          Go home
        </a>
      </div>
    </div>
  );
}
