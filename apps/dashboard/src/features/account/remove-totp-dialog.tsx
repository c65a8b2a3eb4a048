'use client';

import { useQueryClient } from '@tanstack/react-query';
import { client } from '../../lib/client.ts';
import { tell } from '../../lib/toast.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { ProofForm } from './proof-form.tsx';

export function RemoveTotpDialog({ onClose }: { onClose: () => void }) {
  const queryClient = useQueryClient();
  const remove = async (proof: { password: string }) => {
    await client.account.removeTotp(proof);
    await queryClient.invalidateQueries({ queryKey: ['account'] });
    tell('The app is asked for no more.');
    onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title="Remove the authenticator app?"
      lead="Unless you have a passkey, whoever learns your passphrase can come in then, and your recovery codes end with it."
    >
      <ProofForm act={remove} onCancel={onClose} look="alarm">
        Remove it
      </ProofForm>
    </Dialog>
  );
}
