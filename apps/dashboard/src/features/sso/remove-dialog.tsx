'use client';

import { useMutation } from '@tanstack/react-query';
import { client } from '../../lib/client.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { tell } from '../../lib/toast.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FormProblem } from '../../ui/field.tsx';

type RemoveDialogProps = { name: string; onClose: () => void; onRemoved: () => Promise<void> };

export function RemoveDialog({ name, onClose, onRemoved }: RemoveDialogProps) {
  const remove = useMutation({
    mutationFn: () => client.sso.remove({}),
    onSuccess: async () => {
      await onRemoved();
      tell(`Nobody signs in with ${name} any more.`);
      onClose();
    },
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Remove ${name}?`}
      lead="Accounts and open sessions stay, but whoever has no passphrase here cannot sign in again until a provider is set up."
    >
      <FormProblem message={remove.error ? sentenceOf(remove.error) : undefined} />
      <div className="flex justify-end gap-2 pt-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button look="alarm" busy={remove.isPending} onClick={() => remove.mutate()}>
          Remove it
        </Button>
      </div>
    </Dialog>
  );
}
