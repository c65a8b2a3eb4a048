'use client';

import type { Offer } from '@clawster/contract/invitation';
import { SignIn } from '@clawster/contract/session';
import { zodResolver } from '@hookform/resolvers/zod';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { client } from '../../lib/client.ts';
import { paths } from '../../lib/paths.ts';
import { showProblem } from '../../lib/show-problem.ts';
import { Button } from '../../ui/button.tsx';
import { Field, FormProblem, Input } from '../../ui/field.tsx';
import { PasswordInput } from '../../ui/password-input.tsx';
import { type SecondStepAsked, SecondStepForm } from '../session/second-step-form.tsx';

/** For an address that has an account: signing in with it accepts. */
export function JoinForm({ token, offer: { email } }: { token: string; offer: Offer }) {
  const form = useForm({
    resolver: zodResolver(SignIn),
    defaultValues: { email, password: '', invitation: token },
  });
  const [asked, setAsked] = useState<SecondStepAsked>();
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit((values) =>
    client.sessions.signIn(values).then(
      (answer) => (answer.state === 'signed-in' ? enter() : setAsked(answer)),
      (error: unknown) => showProblem(form, error),
    ),
  );
  if (asked) return <SecondStepForm asked={asked} onSignedIn={enter} onBack={() => setAsked(undefined)} />;
  return (
    <form onSubmit={submit} noValidate className="space-y-4">
      <FormProblem message={errors.root?.message ?? errors.invitation?.message} />
      <Field label="E-mail" hint="The invitation is for this address.">
        {(described) => <Input {...described} value={email} type="email" autoComplete="username" readOnly />}
      </Field>
      <Field label="Passphrase" error={errors.password?.message}>
        {(described) => (
          <PasswordInput {...described} {...form.register('password')} autoComplete="current-password" autoFocus />
        )}
      </Field>
      <Button type="submit" look="primary" className="h-9 w-full" busy={isSubmitting}>
        Sign in and accept
      </Button>
    </form>
  );
}

function enter(): void {
  window.location.assign(paths.home);
}
