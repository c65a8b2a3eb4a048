import { Menu as Base } from '@base-ui/react/menu';
import { api } from '@clawster/contract/api';
import { useQuery } from '@tanstack/react-query';
import { Check, Plus } from 'lucide-react';
import { useState } from 'react';
import { lazily } from '../../lib/lazily.tsx';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { tellTrouble } from '../../lib/toast.ts';
import { MenuItem, MenuSeparator } from '../../ui/menu.tsx';
import { useWhyForbidden } from '../session/use-identity.ts';
import { enterWorkspace } from './enter-workspace.ts';
import { WorkspaceName } from './workspace-name.tsx';

const NewWorkspaceDialog = lazily(() =>
  import('./new-workspace-dialog.tsx').then((module) => module.NewWorkspaceDialog),
);

/** The menu of the workspaces one belongs to, open at first, since asking for it is what brought it here. */
export function WorkspaceMenu({ className }: { className: string }) {
  const [making, setMaking] = useState(false);
  const whyNot = useWhyForbidden('workspace:manage');
  return (
    <>
      <Base.Root defaultOpen>
        <Base.Trigger className={`${className} data-popup-open:bg-hover`}>
          <WorkspaceName />
        </Base.Trigger>
        <Base.Portal>
          <Base.Positioner sideOffset={6} align="start" className="z-40">
            <Base.Popup className="max-h-[70vh] w-64 overflow-y-auto rounded-lg border border-line bg-raised p-1 shadow-raised outline-none">
              <Workspaces />
              <MenuSeparator />
              <MenuItem
                icon={<Plus aria-hidden />}
                title="New workspace…"
                hint="With bots, people and keys of its own"
                whyNot={whyNot}
                onChoose={() => setMaking(true)}
              />
            </Base.Popup>
          </Base.Positioner>
        </Base.Portal>
      </Base.Root>
      {making ? <NewWorkspaceDialog onClose={() => setMaking(false)} /> : null}
    </>
  );
}

function Workspaces() {
  const { data, error } = useQuery(q(api.workspaces.list, {}));
  if (!data) return <p className="px-2.5 py-1.5 text-sm text-muted">{error ? sentenceOf(error) : 'Loading…'}</p>;
  const current = data.items.find((workspace) => workspace.current)?.id;
  const enter = (id: string) => void (id === current ? undefined : enterWorkspace(id).catch(tellTrouble));
  return (
    <Base.RadioGroup aria-label="Workspaces" value={current} onValueChange={enter}>
      {data.items.map(({ id, name, role }) => (
        <Base.RadioItem
          key={id}
          value={id}
          label={name}
          closeOnClick
          className="flex cursor-pointer items-center gap-2.5 rounded-md px-2.5 py-1.5 outline-none select-none data-highlighted:bg-hover"
        >
          <span className="min-w-0 flex-1">
            <span className="block truncate text-sm font-medium">{name}</span>
            <span className="block text-xs text-muted">{role}</span>
          </span>
          <Base.RadioItemIndicator render={<Check aria-hidden className="size-4 shrink-0" />} />
        </Base.RadioItem>
      ))}
    </Base.RadioGroup>
  );
}
