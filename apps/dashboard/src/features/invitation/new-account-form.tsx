'use client';

import { AcceptInvitation, type Offer } from '@clawster/contract/invitation';
import { zodResolver } from '@hookform/resolvers/zod';
import { useForm } from 'react-hook-form';
import { client } from '../../lib/client.ts';
import { paths } from '../../lib/paths.ts';
import { showProblem } from '../../lib/show-problem.ts';
import { Button } from '../../ui/button.tsx';
import { Field, FormProblem, Input } from '../../ui/field.tsx';
import { PasswordInput } from '../../ui/password-input.tsx';
import { PassphraseMeter } from '../setup/passphrase-meter.tsx';

/** For an address that has no account yet. */
export function NewAccountForm({ token, offer: { email } }: { token: string; offer: Offer }) {
  const form = useForm({
    resolver: zodResolver(AcceptInvitation),
    defaultValues: { token, name: '', password: '' },
  });
  const { errors, isSubmitting, isSubmitSuccessful } = form.formState;
  const [password, name] = form.watch(['password', 'name']);
  const submit = form.handleSubmit((values) =>
    client.invitations.accept(values).then(
      () => window.location.assign(paths.home),
      (error: unknown) => showProblem(form, error),
    ),
  );
  return (
    <form onSubmit={submit} noValidate className="space-y-4">
      <FormProblem message={errors.root?.message ?? errors.token?.message} />
      <Field label="E-mail" hint="The invitation is for this address.">
        {(described) => <Input {...described} value={email} type="email" autoComplete="username" readOnly />}
      </Field>
      <Field label="Your name" error={errors.name?.message}>
        {(described) => <Input {...described} {...form.register('name')} autoComplete="name" autoFocus />}
      </Field>
      <Field
        label="Passphrase"
        error={errors.password?.message}
        hint={<PassphraseMeter passphrase={password} known={[name, email.split('@')[0] ?? '']} />}
      >
        {(described) => <PasswordInput {...described} {...form.register('password')} autoComplete="new-password" />}
      </Field>
      <Button
        type="submit"
        look="primary"
        className="h-9 w-full"
        busy={isSubmitting || (isSubmitSuccessful && !errors.root)}
      >
        Accept and make the account
      </Button>
    </form>
  );
}
