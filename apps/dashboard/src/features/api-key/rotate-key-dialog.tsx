'use client';

import { type ApiKey, RotateApiKey } from '@clawster/contract/api-key';
import { zodResolver } from '@hookform/resolvers/zod';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { client } from '../../lib/client.ts';
import { showProblem } from '../../lib/show-problem.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, FormProblem, Input } from '../../ui/field.tsx';
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
        <Field
          label="The old value stays good for (hours)"
          error={errors.overlapHours?.message}
          hint="At most 168, a week; 0 ends it at once."
        >
          {(described) => (
            <Input
              {...described}
              {...form.register('overlapHours', { valueAsNumber: true })}
              type="number"
              min={0}
              max={168}
              autoFocus
            />
          )}
        </Field>
        <div className="flex justify-end gap-2">
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" look="primary" busy={isSubmitting}>
            Rotate
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
