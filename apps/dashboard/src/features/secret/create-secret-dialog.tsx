'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { client } from '../../lib/client.ts';
import { showProblem } from '../../lib/show-problem.ts';
import { tell } from '../../lib/toast.ts';
import { DialogButtons } from '../../ui/dialog-buttons.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, FormProblem, Input } from '../../ui/field.tsx';
import { KeptFields } from './kept-fields.tsx';
import { checkKept, keptHere, keptOf, keptShape } from './source-form.ts';
import { TermsFields } from './terms-fields.tsx';
import { daysOf, momentOf, termsShape } from './terms.ts';

const Form = z.object({ ...termsShape, ...keptShape }).superRefine(checkKept);

/** Keeps a secret under a name. */
export function CreateSecretDialog({ onClose }: { onClose: () => void }) {
  const queryClient = useQueryClient();
  const form = useForm({
    resolver: zodResolver(Form),
    defaultValues: { ...keptHere, name: '', note: '', expires: '', rotateDays: '' },
  });
  const { errors, isSubmitting } = form.formState;
  const save = form.handleSubmit(({ name, note, expires, rotateDays, ...kept }) => {
    const terms = { name, note, expiresAt: momentOf(expires), rotateDays: daysOf(rotateDays) };
    return client.secrets.create({ ...terms, ...keptOf(kept) }).then(
      async () => {
        await queryClient.invalidateQueries({ queryKey: ['secrets'] });
        tell(`${name} is kept. Choose it where a token is asked for.`);
        onClose();
      },
      (error: unknown) => showProblem(form, error),
    );
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title="Keep a secret"
      lead="It is kept encrypted, and nobody can read it again here."
    >
      <form onSubmit={save} noValidate className="space-y-4">
        <FormProblem message={errors.root?.message} />
        <Field label="Name" error={errors.name?.message} hint="Such as Telegram bot token.">
          {(described) => <Input {...described} {...form.register('name')} autoComplete="off" autoFocus />}
        </Field>
        <KeptFields store={form.watch('store')} register={(name) => form.register(name)} errors={errors} />
        <TermsFields register={(name) => form.register(name)} errors={errors} />
        <DialogButtons onCancel={onClose} busy={isSubmitting}>
          Keep it
        </DialogButtons>
      </form>
    </Dialog>
  );
}
