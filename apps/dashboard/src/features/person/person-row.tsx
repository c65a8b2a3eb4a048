'use client';

import type { Identity, Person } from '@clawster/contract/person';
import { whyNotManage } from '@clawster/domain/person/manage';
import { useMutation } from '@tanstack/react-query';
import { Ban, Bot, CircleCheck, KeyRound, ShieldUser, UserMinus } from 'lucide-react';
import { useState } from 'react';
import { lazily } from '../../lib/lazily.tsx';
import { client } from '../../lib/client.ts';
import { tell, tellTrouble } from '../../lib/toast.ts';
import { Menu, MenuItem, MenuSeparator } from '../../ui/menu.tsx';
import { Time } from '../../ui/time.tsx';
import { useHeldRole } from '../role/use-roles.ts';
import { accessOf, useIdentity, whyForbidden } from '../session/use-identity.ts';

const RoleDialog = lazily(() => import('./role-dialog.tsx').then((module) => module.RoleDialog));
const BindingsDialog = lazily(() => import('../role/bindings-dialog.tsx').then((module) => module.BindingsDialog));
const ResetLinkDialog = lazily(() =>
  import('../password-reset/reset-link-dialog.tsx').then((module) => module.ResetLinkDialog),
);
const EndDialog = lazily(() => import('./end-dialog.tsx').then((module) => module.EndDialog));

type Asking = 'role' | 'bindings' | 'reset' | 'disable' | 'remove';

export function PersonRow({ person }: { person: Person }) {
  const [asking, setAsking] = useState<Asking>();
  const { name, email, role, lastSeenAt } = person;
  const close = () => setAsking(undefined);
  return (
    <li className="flex min-h-14 flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2">
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium">{name}</p>
        <p className="truncate text-sm text-muted">{email}</p>
      </div>
      <span className="text-right text-sm">
        {role}
        <span className="block text-xs text-muted">{sayWhere(person)}</span>
      </span>
      <span className="w-20 text-right text-sm text-muted max-sm:hidden">
        {lastSeenAt ? <Time at={lastSeenAt} /> : 'never seen'}
      </span>
      <PersonMenu person={person} ask={setAsking} />
      {asking === 'role' ? <RoleDialog person={person} onClose={close} /> : null}
      {asking === 'bindings' ? <BindingsDialog person={person} onClose={close} /> : null}
      {asking === 'reset' ? <ResetLinkDialog person={person} onClose={close} /> : null}
      {asking === 'disable' || asking === 'remove' ? <EndDialog person={person} how={asking} onClose={close} /> : null}
    </li>
  );
}

function PersonMenu({ person, ask }: { person: Person; ask: (what: Asking) => void }) {
  const identity = useIdentity();
  const subject = useHeldRole(person.role);
  const enable = useMutation({
    mutationFn: () => client.people.enable({ personId: person.id }),
    onSuccess: () => tell(`${person.name} may come in again.`),
    onError: tellTrouble,
  });
  if (!identity || whyForbidden(identity, 'person:manage')) return null;
  const { directory } = person;
  const isSelf = identity.caller.kind === 'person' && identity.caller.person.id === person.id;
  const whyNot = whyNotManage(accessOf(identity), subject);
  const whyNotEnd = whyNot ?? (isSelf ? 'That is you: see your account' : undefined);
  return (
    <Menu label="Manage">
      <MenuItem
        icon={<ShieldUser />}
        title="Change the role…"
        hint="What they may do"
        whyNot={whyNot ?? (directory?.followsGroups ? `It follows their groups in ${directory.name}` : undefined)}
        onChoose={() => ask('role')}
      />
      <MenuItem
        icon={<Bot />}
        title="Roles for some bots…"
        hint="What they may do beside it"
        onChoose={() => ask('bindings')}
      />
      <MenuItem
        icon={<KeyRound />}
        title="New passphrase…"
        hint="A link for who forgot theirs"
        whyNot={whyNotReset(identity, isSelf)}
        onChoose={() => ask('reset')}
      />
      {person.disabledAt ? (
        <MenuItem
          icon={<CircleCheck />}
          title="Enable"
          hint="Let them in again"
          whyNot={whyNot ?? whyNotEnable(person)}
          onChoose={() => enable.mutate()}
        />
      ) : (
        <MenuItem
          icon={<Ban />}
          title="Disable…"
          hint="Let them in no more, and keep their role"
          whyNot={whyNotEnd}
          onChoose={() => ask('disable')}
        />
      )}
      <MenuSeparator />
      <MenuItem
        icon={<UserMinus />}
        title="Remove…"
        hint="Out of the workspace, for good"
        whyNot={whyNotEnd}
        danger
        onChoose={() => ask('remove')}
      />
    </Menu>
  );
}

/** Whether they belong elsewhere too, only the server knows. */
function whyNotReset({ role, caller }: Identity, isSelf: boolean): string | undefined {
  if (isSelf) return 'That is you: see your account';
  return role === 'owner' && caller.kind === 'person' ? undefined : 'Only an owner makes such a link';
}

/** Whether they are let in, and whose doing that is. */
function sayWhere({ disabledAt, directory }: Person): string {
  if (!directory) return disabledAt ? 'disabled' : '';
  if (directory.standing === 'inactive') return `deactivated in ${directory.name}`;
  if (directory.standing === 'in-no-group') return `in no group of ${directory.name} with a role`;
  return disabledAt ? `disabled; from ${directory.name}` : `from ${directory.name}`;
}

function whyNotEnable({ directory }: Person): string | undefined {
  if (directory?.standing === 'inactive') return `Activate them in ${directory.name}`;
  return directory?.standing === 'in-no-group' ? `Put them into a group in ${directory.name}` : undefined;
}
