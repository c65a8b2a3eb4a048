'use client';

import type { Secret } from '@clawster/contract/secret';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { client } from '../../lib/client.ts';
import { tell } from '../../lib/toast.ts';
import { DeleteDialog } from '../../ui/delete-dialog.tsx';

type DeleteSecretProps = { secret: Secret; onClose: () => void; onDeleted: () => void };

export function DeleteSecretDialog({ secret, onClose, onDeleted }: DeleteSecretProps) {
  const queryClient = useQueryClient();
  const remove = useMutation({
    mutationFn: () => client.secrets.delete({ secretId: secret.id }),
    onSuccess: () => {
      tell(`${secret.name} was deleted.`);
      onDeleted();
      void queryClient.invalidateQueries({ queryKey: ['secrets', 'list'] });
    },
  });
  return (
    <DeleteDialog
      title={`Delete ${secret.name}?`}
      lead="All its values are deleted with it. Nothing uses it. Its service still takes it: delete it there too."
      verb="Delete"
      remove={remove}
      onClose={onClose}
    />
  );
}
