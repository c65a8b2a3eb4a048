'use client';

import type { Person } from '@clawster/contract/person';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../lib/client.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { count } from '../../lib/time.ts';
import { tell } from '../../lib/toast.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FormProblem } from '../../ui/field.tsx';
import { TypedConfirmation } from '../../ui/typed-confirmation.tsx';

type EndDialogProps = { person: Person; how: 'disable' | 'remove'; onClose: () => void };

/** Says what ends with someone's access, and for a removal asks for the address. */
export function EndDialog({ person, how, onClose }: EndDialogProps) {
  const [typed, setTyped] = useState('');
  const queryClient = useQueryClient();
  const removes = how === 'remove';
  const end = useMutation({
    mutationFn: () => client.people[how]({ personId: person.id }),
    onSuccess: async ({ sessions, apiKeys }) => {
      await queryClient.invalidateQueries();
      const ended = `${count(sessions, 'session')} and ${count(apiKeys, 'API key')} ended with it`;
      tell(`${person.name} was ${removes ? 'removed' : 'disabled'}; ${ended}.`);
      onClose();
    },
  });
  const confirmed = !removes || typed.toLowerCase() === person.email.toLowerCase();
  return (
    <Dialog
      open
      onClose={onClose}
      title={`${removes ? 'Remove' : 'Disable'} ${person.name}?`}
      lead={<BlastRadius person={person} removes={removes} />}
    >
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          end.mutate();
        }}
      >
        {removes ? <TypedConfirmation name={person.email} typed={typed} onType={setTyped} /> : null}
        <FormProblem message={end.error ? sentenceOf(end.error) : undefined} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            look="alarm"
            busy={end.isPending}
            whyNot={confirmed ? undefined : 'Type the address first'}
          >
            {removes ? 'Remove' : 'Disable'}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function BlastRadius({ person: { apiKeyCount = 0 }, removes }: { person: Person; removes: boolean }) {
  return (
    <>
      <p>This ends at once:</p>
      <ul className="mt-1 list-disc space-y-0.5 pl-5">
        <li>their sessions, and what these have open</li>
        <li>
          {apiKeyCount === 0
            ? 'no API key: they made none that is in force'
            : `${count(apiKeyCount, 'API key')} they made: programs that use ${apiKeyCount === 1 ? 'it' : 'them'} stop working`}
        </li>
        <li>invitations they gave that were not accepted yet</li>
        <li>
          {removes
            ? 'their membership; an account that belongs nowhere else is deleted'
            : 'nothing else: role and account are kept, and they can be enabled again'}
        </li>
      </ul>
    </>
  );
}
