'use client';

import type { Offer } from '@clawster/contract/invitation';
import { paths } from '../../lib/paths.ts';
import { Button } from '../../ui/button.tsx';
import { Field, FormProblem, Input } from '../../ui/field.tsx';
import { PasswordInput } from '../../ui/password-input.tsx';
import { useSignIn } from '../session/use-sign-in.tsx';

/** For an address that has an account: signing in with it accepts. */
export function JoinForm({ token, offer: { email } }: { token: string; offer: Offer }) {
  const { form, submit, secondStep } = useSignIn({ email, password: '', invitation: token }, enter);
  const { errors, isSubmitting } = form.formState;
  if (secondStep) return secondStep;
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
