'use client';

import { api } from '@clawster/contract/api';
import type { Person } from '@clawster/contract/person';
import type { RoleBinding } from '@clawster/contract/role';
import { sayBots } from '@clawster/domain/role/reach';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { client } from '../../lib/client.ts';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { tell, tellTrouble } from '../../lib/toast.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Skeleton, Trouble } from '../../ui/page.tsx';
import { BindForm } from './bind-form.tsx';

/** What someone may do to some bots beside their role for all, to add to and to take away. */
export function BindingsDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const { data, error } = useQuery(q(api.roleBindings.list, { personId: person.id, limit: 200 }));
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Roles of ${person.name} for some bots`}
      lead={`For all bots the role is ${person.role}. What is given here is given beside it, and holds at once.`}
    >
      {error && !data ? <Trouble message={sentenceOf(error)} /> : null}
      <ul className="mb-4 divide-y divide-line rounded-md border border-line">
        {data?.items.map((binding) => <BindingRow key={binding.id} binding={binding} />) ?? (
          <li className="p-3">
            <Skeleton className="h-4 w-1/2" />
          </li>
        )}
        {data?.items.length === 0 ? (
          <li className="p-3 text-sm text-muted">Nothing beside the role {person.role} yet.</li>
        ) : null}
      </ul>
      <BindForm personId={person.id} />
    </Dialog>
  );
}

function BindingRow({ binding: { id, role, bots, botName } }: { binding: RoleBinding }) {
  const queryClient = useQueryClient();
  const remove = useMutation({
    mutationFn: () => client.roleBindings.delete({ bindingId: id }),
    onSuccess: async () => {
      await queryClient.invalidateQueries();
      tell('Taken away; it holds no more.');
    },
    onError: tellTrouble,
  });
  return (
    <li className="flex items-center justify-between gap-3 p-3 text-sm">
      <span className="min-w-0 break-words">
        <span className="font-medium">{role}</span> for {botName ?? sayBots(bots)}
      </span>
      <Button look="danger" busy={remove.isPending} onClick={() => remove.mutate()}>
        Take away
      </Button>
    </li>
  );
}
