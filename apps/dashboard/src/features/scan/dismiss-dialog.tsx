'use client';

import type { Finding } from '@clawster/contract/finding';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../lib/client.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { tell } from '../../lib/toast.ts';
import { DialogButtons } from '../../ui/dialog-buttons.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, FormProblem, Input } from '../../ui/field.tsx';
import { sayPlace } from './say-finding.ts';

/** Takes a finding off the list for as long as it is there, with the reason. */
export function DismissDialog({ finding, onClose }: { finding: Finding; onClose: () => void }) {
  const queryClient = useQueryClient();
  const [reason, setReason] = useState('');
  const { id: findingId, secretName, place } = finding;
  const dismiss = useMutation({
    mutationFn: () => client.findings.dismiss({ findingId, reason: reason.trim() }),
    onSuccess: async () => {
      onClose();
      tell(`The finding of ${secretName} is dismissed.`);
      await queryClient.invalidateQueries({ queryKey: ['findings'] });
    },
  });
  return (
    <Dialog open onClose={onClose} title={`Dismiss the finding of ${secretName}`} lead={`${sayPlace(place)}.`}>
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          dismiss.mutate();
        }}
      >
        <Field label="Why it is no trouble" hint="Kept in the audit log with your name.">
          {(described) => (
            <Input
              {...described}
              value={reason}
              maxLength={300}
              placeholder="Such as: a made-up key of our tests"
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
        <FormProblem message={dismiss.error ? sentenceOf(dismiss.error) : undefined} />
        <DialogButtons
          onCancel={onClose}
          busy={dismiss.isPending}
          whyNot={reason.trim() ? undefined : 'Say why it is no trouble'}
        >
          Dismiss
        </DialogButtons>
      </form>
    </Dialog>
  );
}
