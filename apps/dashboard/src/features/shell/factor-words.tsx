import { ShieldAlert } from 'lucide-react';
import { paths } from '../../lib/paths.ts';
import { ButtonLink } from '../../ui/button-link.tsx';
import { Until } from '../../ui/time.tsx';

export function FactorWords({ dueAt }: { dueAt: string }) {
  return (
    <div
      role="region"
      aria-label="Second factor"
      className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-b border-line bg-warn-soft px-4 py-2 text-sm text-warn"
    >
      <div className="flex items-start gap-2.5 [&_svg]:mt-0.5 [&_svg]:size-4 [&_svg]:shrink-0">
        <ShieldAlert aria-hidden />
        <p role="status">
          <span className="font-semibold">Add a second factor. </span>
          This workspace requires one of you. You have until <Until at={dueAt} />; after that, adding one is all you can
          do.
        </p>
      </div>
      <ButtonLink href={paths.secondFactor}>Add one</ButtonLink>
    </div>
  );
}
