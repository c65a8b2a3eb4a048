'use client';

import type { Secret } from '@clawster/contract/secret';
import { SecretValue } from '@clawster/contract/secret';
import { zodResolver } from '@hookform/resolvers/zod';
import { useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { client } from '../../lib/client.ts';
import { showProblem } from '../../lib/show-problem.ts';
import { Checkbox } from '../../ui/checkbox.tsx';
import { DialogButtons } from '../../ui/dialog-buttons.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, FormProblem, Input } from '../../ui/field.tsx';
import { PasswordInput } from '../../ui/password-input.tsx';
import { momentOf } from '../secret/terms.ts';
import { BlastRadius, useImpact } from './blast-radius.tsx';

const Form = z.object({ value: SecretValue, expires: z.string(), atOnce: z.boolean(), revokeFormer: z.boolean() });

/** Gives a secret another value, when it is known what that touches. */
export function RotateDialog({ secret, onClose }: { secret: Secret; onClose: () => void }) {
  const impact = useImpact(secret.id);
  const { form, save } = useRotate(secret, onClose);
  const { errors, isSubmitting } = form.formState;
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Rotate ${secret.name}`}
      lead="Make another one at its service first. It is tried before any bot gets it; the one there is works until then."
      wide
    >
      <form onSubmit={save} noValidate className="space-y-4">
        <BlastRadius impact={impact} />
        <FormProblem message={errors.root?.message} />
        <Field label="New value" error={errors.value?.message}>
          {(described) => <PasswordInput {...described} {...form.register('value')} autoComplete="off" autoFocus />}
        </Field>
        <Field label="Expires on" error={errors.expires?.message} hint="Empty: not known.">
          {(described) => <Input {...described} {...form.register('expires')} type="date" className="max-w-60" />}
        </Field>
        <Checkbox checked={form.watch('atOnce')} onChange={(on) => form.setValue('atOnce', on)}>
          All bots at once
          <span className="block text-muted">No waves: quicker, and if the value is wrong every bot feels it.</span>
        </Checkbox>
        <Checkbox checked={form.watch('revokeFormer')} onChange={(on) => form.setValue('revokeFormer', on)}>
          Destroy the former value here when every bot has the new one
          <span className="block text-muted">Kept, it can be given back; its service may take it either way.</span>
        </Checkbox>
        <DialogButtons
          onCancel={onClose}
          busy={isSubmitting}
          whyNot={impact.data ? undefined : 'It is not known yet what that touches'}
        >
          Try and rotate
        </DialogButtons>
      </form>
    </Dialog>
  );
}

function useRotate(secret: Secret, onStarted: () => void) {
  const queryClient = useQueryClient();
  const form = useForm({
    resolver: zodResolver(Form),
    defaultValues: { value: '', expires: '', atOnce: false, revokeFormer: true },
  });
  const save = form.handleSubmit(({ expires, ...input }) =>
    client.rotations.start({ secretId: secret.id, expiresAt: momentOf(expires), ...input }).then(
      async () => {
        await Promise.all(['rotations', 'secrets'].map((noun) => queryClient.invalidateQueries({ queryKey: [noun] })));
        onStarted();
      },
      (error: unknown) => showProblem(form, error),
    ),
  );
  return { form, save };
}
