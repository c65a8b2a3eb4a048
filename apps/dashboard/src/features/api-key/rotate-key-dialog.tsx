'use client';

import { type ApiKey, RotateApiKey } from '@clawster/contract/api-key';
import { zodResolver } from '@hookform/resolvers/zod';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { client } from '../../lib/client.ts';
import { showProblem } from '../../lib/show-problem.ts';
import { DialogButtons } from '../../ui/dialog-buttons.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FormProblem } from '../../ui/field.tsx';
import { OverlapField } from '../../ui/overlap-field.tsx';
import { KeyValueDialog } from './key-value-dialog.tsx';

/** Gives a key a new value and shows it once; asks for how long the old one stays good. */
export function RotateKeyDialog({ apiKey, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  const queryClient = useQueryClient();
  const [value, setValue] = useState<string>();
  const form = useForm({
    resolver: zodResolver(RotateApiKey),
    defaultValues: { apiKeyId: apiKey.id, overlapHours: 24 },
  });
  const { errors, isSubmitting } = form.formState;
  const save = form.handleSubmit((input) =>
    client.apiKeys.rotate(input).then(
      async (rotated) => {
        await queryClient.invalidateQueries({ queryKey: ['apiKeys'] });
        setValue(rotated.value);
      },
      (error: unknown) => showProblem(form, error),
    ),
  );
  if (value) return <KeyValueDialog value={value} onClose={onClose} />;
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Rotate ${apiKey.name}`}
      lead="It gets a new value with the same rights. Put that one in place before the old one ends."
    >
      <form onSubmit={save} noValidate className="space-y-4">
        <FormProblem message={errors.root?.message ?? errors.apiKeyId?.message} />
        <OverlapField
          what="value"
          error={errors.overlapHours?.message}
          registered={form.register('overlapHours', { valueAsNumber: true })}
        />
        <DialogButtons onCancel={onClose} busy={isSubmitting}>
          Rotate
        </DialogButtons>
      </form>
    </Dialog>
  );
}
