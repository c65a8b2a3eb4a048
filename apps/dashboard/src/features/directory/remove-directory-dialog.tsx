'use client';

import type { Directory } from '@clawster/contract/directory';
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

/** Says what comes of it, and asks for the directory's name. */
export function RemoveDirectoryDialog({ directory, onClose }: { directory: Directory; onClose: () => void }) {
  const { name, people } = directory;
  const [typed, setTyped] = useState('');
  const queryClient = useQueryClient();
  const remove = useMutation({
    mutationFn: () => client.directory.remove({}),
    onSuccess: async () => {
      await queryClient.invalidateQueries();
      tell(`${name} makes and ends nobody any more.`);
      onClose();
    },
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Remove ${name}?`}
      lead={
        <ul className="list-disc space-y-0.5 pl-5">
          <li>Its token is good no more, at once.</li>
          <li>
            {count(people.letIn, 'person stays', 'people stay')} in, with the role they have: whoever leaves your
            organisation has to be removed here by hand.
          </li>
          <li>Who was deactivated stays out, until somebody enables them.</li>
          <li>Its groups are forgotten. Roles follow what the provider says at each sign-in.</li>
        </ul>
      }
    >
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          remove.mutate();
        }}
      >
        <TypedConfirmation name={name} typed={typed} onType={setTyped} />
        <FormProblem message={remove.error ? sentenceOf(remove.error) : undefined} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            look="alarm"
            busy={remove.isPending}
            whyNot={typed === name ? undefined : 'Type the name first'}
          >
            Remove it
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
