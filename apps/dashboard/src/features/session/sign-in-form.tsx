'use client';

import { api } from '@clawster/contract/api';
import { returnPath } from '@clawster/domain/session/return-path';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { paths } from '../../lib/paths.ts';
import { q } from '../../lib/query.ts';
import { Button } from '../../ui/button.tsx';
import { Field, FormProblem, Input } from '../../ui/field.tsx';
import { PasswordInput } from '../../ui/password-input.tsx';
import { PasskeyButton } from './passkey-button.tsx';
import { SignInWith } from '../sso/sign-in-with.tsx';
import { useSignIn } from './use-sign-in.tsx';

export function SignInForm() {
  const status = useQuery(q(api.system.status, {}));
  const { form, submit, secondStep } = useSignIn({ email: '', password: '' }, enter);
  const { errors, isSubmitting } = form.formState;
  if (secondStep) return secondStep;
  return (
    <>
      <h1 className="mb-6 text-xl font-semibold tracking-tight">Sign in to Clawster</h1>
      {status.data?.setup === 'needed' ? (
        <p role="status" className="mb-4 rounded-md border border-line bg-surface px-3 py-2 text-sm text-muted">
          There is no account yet. Open the set-up link that <code className="font-mono">clawster up</code> printed.
        </p>
      ) : null}
      <form onSubmit={submit} noValidate className="space-y-4">
        <FormProblem message={errors.root?.message} />
        <Field label="E-mail" error={errors.email?.message}>
          {(described) => (
            <Input {...described} {...form.register('email')} type="email" autoComplete="username" autoFocus />
          )}
        </Field>
        <Field label="Passphrase" error={errors.password?.message}>
          {(described) => (
            <PasswordInput {...described} {...form.register('password')} autoComplete="current-password" />
          )}
        </Field>
        <Button type="submit" look="primary" className="h-9 w-full" busy={isSubmitting}>
          Sign in
        </Button>
      </form>
      <p className="mt-3 text-center text-sm">
        <Link href={paths.forgotten} className="text-accent underline underline-offset-2">
          Forgot your passphrase?
        </Link>
      </p>
      <p className="my-4 text-center text-xs text-muted">or</p>
      <PasskeyButton onSignedIn={enter}>Sign in with a passkey</PasskeyButton>
      <SignInWith />
    </>
  );
}

/** A full load, so that nothing fetched for someone else stays. */
function enter(): void {
  window.location.assign(returnPath(new URLSearchParams(window.location.search).get('next')));
}
