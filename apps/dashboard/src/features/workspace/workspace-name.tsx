import { ChevronsUpDown } from 'lucide-react';
import { useIdentity } from '../session/use-identity.ts';

/** What the switcher is labelled with. */
export function WorkspaceName() {
  return (
    <>
      <span className="truncate">
        <span className="sr-only">Workspace: </span>
        {useIdentity()?.workspace.name ?? 'Clawster'}
      </span>
      <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-muted" />
    </>
  );
}
