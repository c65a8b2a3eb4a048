'use client';

import { type Passkey, PasskeyName } from '@clawster/contract/passkey';
import { zodResolver } from '@hookform/resolvers/zod';
import { useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { client } from '../../lib/client.ts';
import { showProblem } from '../../lib/show-problem.ts';
import { DialogButtons } from '../../ui/dialog-buttons.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, FormProblem, Input } from '../../ui/field.tsx';

const Rename = z.object({ name: PasskeyName });

export function RenamePasskeyDialog({ passkey, onClose }: { passkey: Passkey; onClose: () => void }) {
  const queryClient = useQueryClient();
  const form = useForm({ resolver: zodResolver(Rename), defaultValues: { name: passkey.name } });
  const { errors, isSubmitting } = form.formState;
  const save = form.handleSubmit(({ name }) =>
    client.passkeys.rename({ passkeyId: passkey.id, name }).then(
      async () => {
        await queryClient.invalidateQueries({ queryKey: ['passkeys'] });
        onClose();
      },
      (error: unknown) => showProblem(form, error),
    ),
  );
  return (
    <Dialog open onClose={onClose} title={`Rename ${passkey.name}`}>
      <form onSubmit={save} noValidate className="space-y-4">
        <FormProblem message={errors.root?.message} />
        <Field label="Name of the passkey" error={errors.name?.message}>
          {(described) => <Input {...described} {...form.register('name')} autoComplete="off" autoFocus />}
        </Field>
        <DialogButtons onCancel={onClose} busy={isSubmitting}>
          Rename it
        </DialogButtons>
      </form>
    </Dialog>
  );
}
