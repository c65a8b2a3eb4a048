'use client';

import { client } from '../../lib/client.ts';
import { paths } from '../../lib/paths.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { ProofForm } from './proof-form.tsx';

/** Says what ends with one's own account, and asks for the passphrase. */
export function RemoveAccountDialog({ onClose }: { onClose: () => void }) {
  const remove = async (proof: { password: string }) => {
    await client.account.remove(proof);
    window.location.assign(paths.signIn());
  };
  return (
    <Dialog open onClose={onClose} title="Remove your account?" lead={<BlastRadius />}>
      <ProofForm act={remove} onCancel={onClose} look="alarm">
        Remove my account
      </ProofForm>
    </Dialog>
  );
}

function BlastRadius() {
  return (
    <>
      <p>This ends at once, for good:</p>
      <ul className="mt-1 list-disc space-y-0.5 pl-5">
        <li>your membership of every workspace, and your sessions</li>
        <li>API keys you made: programs that use them stop working</li>
        <li>invitations you gave that were not accepted yet</li>
      </ul>
      <p className="mt-2">Bots go on. What you did stays in the audit trail, under your name.</p>
    </>
  );
}
