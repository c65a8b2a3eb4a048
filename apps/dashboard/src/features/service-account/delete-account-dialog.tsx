'use client';

import type { ServiceAccount } from '@clawster/contract/service-account';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { client } from '../../lib/client.ts';
import { count } from '../../lib/time.ts';
import { tell, tellTrouble } from '../../lib/toast.ts';
import { DialogButtons } from '../../ui/dialog-buttons.tsx';
import { Dialog } from '../../ui/dialog.tsx';

/** Asks once more, and says which keys end with the account. */
export function DeleteAccountDialog({ account, onClose }: { account: ServiceAccount; onClose: () => void }) {
  const queryClient = useQueryClient();
  const remove = useMutation({
    mutationFn: () => client.serviceAccounts.delete({ serviceAccountId: account.id }),
    onSuccess: async ({ apiKeys }) => {
      await queryClient.invalidateQueries({ queryKey: ['serviceAccounts'] });
      await queryClient.invalidateQueries({ queryKey: ['apiKeys'] });
      tell(`${account.name} is deleted, with ${count(apiKeys, 'API key')}.`);
      onClose();
    },
    onError: tellTrouble,
  });
  const lead = `${count(account.apiKeyCount, 'key')} of it ${account.apiKeyCount === 1 ? 'is' : 'are'} refused from then on. This cannot be undone.`;
  return (
    <Dialog open onClose={onClose} title={`Delete ${account.name}?`} lead={lead}>
      <DialogButtons look="danger" busy={remove.isPending} onDo={() => remove.mutate()} onCancel={onClose}>
        Delete the account
      </DialogButtons>
    </Dialog>
  );
}
