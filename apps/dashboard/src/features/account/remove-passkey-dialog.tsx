'use client';

import type { Passkey } from '@clawster/contract/passkey';
import { useQueryClient } from '@tanstack/react-query';
import { client } from '../../lib/client.ts';
import { tell } from '../../lib/toast.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { ProofForm } from './proof-form.tsx';

export function RemovePasskeyDialog({ passkey, onClose }: { passkey: Passkey; onClose: () => void }) {
  const queryClient = useQueryClient();
  const remove = async ({ password }: { password: string }) => {
    await client.passkeys.remove({ passkeyId: passkey.id, password });
    await Promise.all(['passkeys', 'account'].map((noun) => queryClient.invalidateQueries({ queryKey: [noun] })));
    tell(`${passkey.name} lets nobody in any more.`);
    onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Remove ${passkey.name}?`}
      lead="It lets you in no more. Delete it on its device too, which goes on offering it."
    >
      <ProofForm act={remove} onCancel={onClose} look="alarm">
        Remove it
      </ProofForm>
    </Dialog>
  );
}
