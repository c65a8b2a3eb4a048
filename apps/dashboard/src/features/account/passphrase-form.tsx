'use client';

import { ChangePassword } from '@clawster/contract/account';
import { zodResolver } from '@hookform/resolvers/zod';
import { useForm } from 'react-hook-form';
import { client } from '../../lib/client.ts';
import { showProblem } from '../../lib/show-problem.ts';
import { tell } from '../../lib/toast.ts';
import { Button } from '../../ui/button.tsx';
import { Field, FormProblem } from '../../ui/field.tsx';
import { PasswordInput } from '../../ui/password-input.tsx';
import { PassphraseMeter } from '../setup/passphrase-meter.tsx';

const empty = { password: '', newPassword: '' };

export function PassphraseForm({ name, email }: { name: string; email: string }) {
  const form = useForm({ resolver: zodResolver(ChangePassword), defaultValues: empty });
  const { errors, isSubmitting } = form.formState;
  const save = form.handleSubmit((input) =>
    client.account.changePassword(input).then(
      () => {
        form.reset(empty);
        tell('Your passphrase was changed; your other sessions are closed.');
      },
      (error: unknown) => showProblem(form, error),
    ),
  );
  return (
    <form onSubmit={save} noValidate className="space-y-3">
      <FormProblem message={errors.root?.message} />
      <input type="email" autoComplete="username" value={email} readOnly hidden />
      <Field label="Your passphrase now" error={errors.password?.message}>
        {(described) => <PasswordInput {...described} {...form.register('password')} autoComplete="current-password" />}
      </Field>
      <Field
        label="A new one"
        error={errors.newPassword?.message}
        hint={<PassphraseMeter passphrase={form.watch('newPassword')} known={[name, email.split('@')[0] ?? '']} />}
      >
        {(described) => <PasswordInput {...described} {...form.register('newPassword')} autoComplete="new-password" />}
      </Field>
      <p className="text-sm text-muted">Your other sessions are closed with it. API keys go on working.</p>
      <Button type="submit" busy={isSubmitting}>
        Change the passphrase
      </Button>
    </form>
  );
}
