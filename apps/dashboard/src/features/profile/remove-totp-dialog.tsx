'use client';

import { useQueryClient } from '@tanstack/react-query';
import { client } from '../../lib/client.ts';
import { tell } from '../../lib/toast.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { ProofForm } from './proof-form.tsx';

export function RemoveTotpDialog({ onClose }: { onClose: () => void }) {
  const queryClient = useQueryClient();
  const remove = async (proof: { password: string }) => {
    await client.profile.removeTotp(proof);
    await queryClient.invalidateQueries({ queryKey: ['profile'] });
    tell('Your passphrase alone lets you in from now on.');
    onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title="Remove the authenticator app?"
      lead="Whoever learns your passphrase can come in then. Your recovery codes end with it."
    >
      <ProofForm act={remove} onCancel={onClose} look="alarm">
        Remove it
      </ProofForm>
    </Dialog>
  );
}
