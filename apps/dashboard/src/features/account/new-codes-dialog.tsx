'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../lib/client.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { ProofForm } from './proof-form.tsx';
import { codesLead, codesTitle, RecoveryCodes } from './recovery-codes.tsx';

export function NewCodesDialog({ onClose }: { onClose: () => void }) {
  const [codes, setCodes] = useState<string[]>();
  const queryClient = useQueryClient();
  const make = async (proof: { password: string }) => {
    const { recoveryCodes } = await client.account.makeRecoveryCodes(proof);
    await queryClient.invalidateQueries({ queryKey: ['account'] });
    setCodes(recoveryCodes);
  };
  return codes ? (
    <Dialog open onClose={onClose} title={codesTitle} lead={codesLead}>
      <RecoveryCodes codes={codes} onDone={onClose} />
    </Dialog>
  ) : (
    <Dialog
      open
      onClose={onClose}
      title="Make fresh recovery codes?"
      lead="The codes you have are no good any more then."
    >
      <ProofForm act={make} onCancel={onClose}>
        Make them
      </ProofForm>
    </Dialog>
  );
}
