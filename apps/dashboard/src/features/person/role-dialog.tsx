'use client';

import type { Person } from '@clawster/contract/person';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../lib/client.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { tell } from '../../lib/toast.ts';
import { Choice } from '../../ui/choice.tsx';
import { DialogButtons } from '../../ui/dialog-buttons.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FormProblem } from '../../ui/field.tsx';
import { useGrantableRoles } from '../role/use-roles.ts';

/** Gives someone another role, none that may do more than one's own. */
export function RoleDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const roles = useGrantableRoles();
  const [role, setRole] = useState(person.role);
  const queryClient = useQueryClient();
  const change = useMutation({
    mutationFn: () => client.people.changeRole({ personId: person.id, role }),
    onSuccess: async () => {
      await queryClient.invalidateQueries();
      tell(`${person.name} is ${role} now.`);
      onClose();
    },
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={`The role of ${person.name}`}
      lead="It holds at once. API keys and invitations of theirs that stand above a lower role are revoked."
    >
      <form
        className="space-y-2"
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate();
        }}
      >
        {roles.map(({ name, description }) => (
          <Choice
            key={name}
            name="role"
            value={name}
            checked={role === name}
            onChoose={() => setRole(name)}
            title={name}
          >
            {description}
          </Choice>
        ))}
        <FormProblem message={change.error ? sentenceOf(change.error) : undefined} />
        <div className="pt-2">
          <DialogButtons
            onCancel={onClose}
            busy={change.isPending}
            whyNot={role === person.role ? 'Choose another role first' : undefined}
          >
            Change the role
          </DialogButtons>
        </div>
      </form>
    </Dialog>
  );
}
