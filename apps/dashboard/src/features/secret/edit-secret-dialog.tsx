'use client';

import type { Secret } from '@clawster/contract/secret';
import { zodResolver } from '@hookform/resolvers/zod';
import { useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { client } from '../../lib/client.ts';
import { showProblem } from '../../lib/show-problem.ts';
import { DialogButtons } from '../../ui/dialog-buttons.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, FormProblem, Input } from '../../ui/field.tsx';
import { TermsFields } from './terms-fields.tsx';
import { dayOf, daysOf, momentOf, termsShape } from './terms.ts';

const Form = z.object(termsShape);

/** Changes what is said of a secret; another value is a rotation. */
export function EditSecretDialog({ secret, onClose }: { secret: Secret; onClose: () => void }) {
  const queryClient = useQueryClient();
  const form = useForm({
    resolver: zodResolver(Form),
    defaultValues: {
      name: secret.name,
      note: secret.note,
      expires: dayOf(secret.expiresAt),
      rotateDays: String(secret.rotateDays ?? ''),
    },
  });
  const { errors, isSubmitting, dirtyFields } = form.formState;
  const save = form.handleSubmit(({ name, note, expires, rotateDays }) =>
    client.secrets
      .update({
        secretId: secret.id,
        name,
        note,
        rotateDays: daysOf(rotateDays) ?? null,
        // A day is less than the moment that was said: what was not changed is left.
        ...(dirtyFields.expires ? { expiresAt: momentOf(expires) ?? null } : {}),
      })
      .then(
        async () => {
          await queryClient.invalidateQueries({ queryKey: ['secrets'] });
          onClose();
        },
        (error: unknown) => showProblem(form, error),
      ),
  );
  return (
    <Dialog open onClose={onClose} title={`Change ${secret.name}`} lead="To give it another value, rotate it.">
      <form onSubmit={save} noValidate className="space-y-4">
        <FormProblem message={errors.root?.message} />
        <Field label="Name" error={errors.name?.message}>
          {(described) => <Input {...described} {...form.register('name')} autoComplete="off" autoFocus />}
        </Field>
        <TermsFields register={(name) => form.register(name)} errors={errors} />
        <DialogButtons onCancel={onClose} busy={isSubmitting}>
          Save
        </DialogButtons>
      </form>
    </Dialog>
  );
}
