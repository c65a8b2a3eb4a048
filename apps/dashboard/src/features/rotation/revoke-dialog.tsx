'use client';

import type { Secret } from '@clawster/contract/secret';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../lib/client.ts';
import { count } from '../../lib/time.ts';
import { tell } from '../../lib/toast.ts';
import { DialogButtons } from '../../ui/dialog-buttons.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { MutationForm } from '../../ui/mutation-form.tsx';
import { Field, Input } from '../../ui/field.tsx';
import { TypedConfirmation } from '../../ui/typed-confirmation.tsx';
import { useImpact } from './blast-radius.tsx';

/** The emergency: takes a secret from every bot at once, and says what stops by that. */
export function RevokeDialog({ secret, onClose }: { secret: Secret; onClose: () => void }) {
  const { id: secretId, name } = secret;
  const queryClient = useQueryClient();
  const { data: impact } = useImpact(secretId);
  const [typed, setTyped] = useState('');
  const [reason, setReason] = useState('');
  const revoke = useMutation({
    mutationFn: () => client.rotations.revoke({ secretId, reason: reason.trim() }),
    onSuccess: ({ bots }) => {
      tell(`${name} was revoked and taken from ${count(bots, 'bot')}. Delete it at its service too.`);
      onClose();
      for (const noun of ['rotations', 'secrets', 'channels']) void queryClient.invalidateQueries({ queryKey: [noun] });
    },
  });
  const whyNot = typed === name ? (reason.trim() ? undefined : 'Say why') : 'Type its name first';
  return (
    <Dialog open onClose={onClose} title={`Revoke ${name} now?`} lead="For when somebody may have it who must not.">
      <MutationForm mutation={revoke}>
        <div className="rounded-md border border-bad/30 bg-bad-soft px-3 py-2 text-sm text-bad">
          <p className="font-medium">What stops working at once:</p>
          <ul className="mt-1 list-disc pl-4">
            {[...new Set(secret.uses.map((use) => use.name))].map((use) => (
              <li key={use}>{use}</li>
            ))}
            <li>{impact ? count(impact.counts.bots, 'bot loses', 'bots lose') : '… bots lose'} it, without waves</li>
            <li>All its values are destroyed here, and cannot be given back</li>
          </ul>
        </div>
        <TypedConfirmation name={name} typed={typed} onType={setTyped} />
        <Field label="Why" hint="It is kept with the event.">
          {(described) => (
            <Input {...described} value={reason} maxLength={300} onChange={(event) => setReason(event.target.value)} />
          )}
        </Field>
        <DialogButtons look="alarm" onCancel={onClose} busy={revoke.isPending} whyNot={whyNot}>
          Revoke it now
        </DialogButtons>
      </MutationForm>
    </Dialog>
  );
}
