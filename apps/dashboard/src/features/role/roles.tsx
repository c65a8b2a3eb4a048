'use client';

import { api } from '@clawster/contract/api';
import type { RoleDefinition } from '@clawster/contract/role';
import { isWithin } from '@clawster/domain/role/role';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { lazily } from '../../lib/lazily.tsx';
import { client } from '../../lib/client.ts';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { count } from '../../lib/time.ts';
import { tell, tellTrouble } from '../../lib/toast.ts';
import { Button } from '../../ui/button.tsx';
import { Card, Skeleton, Trouble } from '../../ui/page.tsx';
import { sayPermissions } from '../session/say-permissions.ts';
import { useIdentity, useWhyForbidden } from '../session/use-identity.ts';

const RoleFormDialog = lazily(() => import('./role-form-dialog.tsx').then((module) => module.RoleFormDialog));

/** What each role may do, and those the workspace made itself. */
export function Roles() {
  const { data, error, refetch } = useQuery(q(api.roles.list, {}));
  const [editing, setEditing] = useState<RoleDefinition | 'new'>();
  const forbidden = useWhyForbidden('role:manage');
  if (error && !data) return <Trouble message={sentenceOf(error)} retry={() => void refetch()} />;
  const create = (
    <Button look="primary" icon={<Plus />} whyNot={forbidden} onClick={() => setEditing('new')}>
      Make a role
    </Button>
  );
  return (
    <Card title="Roles" actions={create} flush>
      <ul className="divide-y divide-line">
        {data?.items.map((role) => (
          <RoleRow key={role.name} role={role} forbidden={forbidden} onEdit={() => setEditing(role)} />
        )) ?? (
          <li className="flex h-16 items-center px-4">
            <Skeleton className="h-4 w-1/2" />
          </li>
        )}
      </ul>
      {editing ? (
        <RoleFormDialog role={editing === 'new' ? undefined : editing} onClose={() => setEditing(undefined)} />
      ) : null}
    </Card>
  );
}

type RoleRowProps = { role: RoleDefinition; forbidden: string | undefined; onEdit: () => void };

function RoleRow({ role, forbidden, onEdit }: RoleRowProps) {
  const { name, description, permissions, builtIn, people } = role;
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-1 basis-72">
        <p className="font-medium">
          {name} <span className="text-sm font-normal text-muted">· {count(people, 'person', 'people')}</span>
        </p>
        {description ? <p className="text-sm text-muted">{description}</p> : null}
        <details className="mt-1 text-sm">
          <summary className="cursor-pointer text-accent">What it may do</summary>
          <ul className="mt-1 space-y-0.5">
            {sayPermissions(permissions).map(({ noun, verbs }) => (
              <li key={noun}>
                {noun}: <span className="text-muted">{verbs.join(', ')}</span>
              </li>
            ))}
          </ul>
        </details>
      </div>
      {builtIn ? (
        <span className="text-sm text-muted">in every workspace</span>
      ) : (
        <OwnRoleActions role={role} forbidden={forbidden} onEdit={onEdit} />
      )}
    </li>
  );
}

function OwnRoleActions({ role, forbidden, onEdit }: RoleRowProps) {
  const queryClient = useQueryClient();
  const own = new Set(useIdentity()?.permissions);
  const remove = useMutation({
    mutationFn: () => client.roles.delete({ role: role.name }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['roles'] });
      tell(`The role ${role.name} is deleted.`);
    },
    onError: tellTrouble,
  });
  const mayMore = isWithin(new Set(role.permissions), own) ? undefined : 'This role may do more than you';
  const whyNot = forbidden ?? mayMore;
  const isHeld = role.people > 0 ? 'Someone still has it: give them another role first' : undefined;
  return (
    <div className="flex gap-2">
      <Button whyNot={whyNot} onClick={onEdit}>
        Change…
      </Button>
      <Button look="danger" busy={remove.isPending} whyNot={whyNot ?? isHeld} onClick={() => remove.mutate()}>
        Delete
      </Button>
    </div>
  );
}
