'use client';

import { RotateDirectory } from '@clawster/contract/directory';
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
import { TokenDialog } from './token-dialog.tsx';

type RotateDirectoryDialogProps = { name: string; baseUrl: string; onClose: () => void };

/** Gives the directory a new token and shows it once; asks for how long the old one stays good. */
export function RotateDirectoryDialog({ name, baseUrl, onClose }: RotateDirectoryDialogProps) {
  const queryClient = useQueryClient();
  const [value, setValue] = useState<string>();
  const form = useForm({ resolver: zodResolver(RotateDirectory), defaultValues: { overlapHours: 24 } });
  const { errors, isSubmitting } = form.formState;
  const save = form.handleSubmit((input) =>
    client.directory.rotate(input).then(
      async (rotated) => {
        setValue(rotated.value);
        await queryClient.invalidateQueries({ queryKey: ['directory'] });
      },
      (error: unknown) => showProblem(form, error),
    ),
  );
  if (value) return <TokenDialog value={value} baseUrl={baseUrl} onClose={onClose} />;
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Rotate the token of ${name}`}
      lead="Put the new one in place there before the old one ends."
    >
      <form onSubmit={save} noValidate className="space-y-4">
        <FormProblem message={errors.root?.message} />
        <OverlapField
          what="token"
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
