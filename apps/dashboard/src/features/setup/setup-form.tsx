'use client';

import { api } from '@clawster/contract/api';
import { CompleteSetup } from '@clawster/contract/setup';
import { zodResolver } from '@hookform/resolvers/zod';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useEffect } from 'react';
import { useForm } from 'react-hook-form';
import { client } from '../../lib/client.ts';
import { paths } from '../../lib/paths.ts';
import { q } from '../../lib/query.ts';
import { showProblem } from '../../lib/show-problem.ts';
import { Button } from '../../ui/button.tsx';
import { Field, FormProblem, Input } from '../../ui/field.tsx';
import { PasswordInput } from '../../ui/password-input.tsx';
import { useTokenOfAddress } from '../session/use-token-of-address.ts';
import { PassphraseMeter } from './passphrase-meter.tsx';

/** The first visit: makes the owner account with the token from the link that `clawster up` printed. */
export function SetupForm() {
  const token = useTokenOfAddress();
  const { form, submit, isSetUp } = useSetup(token);
  const { errors, isSubmitting, isSubmitSuccessful } = form.formState;

  if (isSetUp && !isSubmitSuccessful && !isSubmitting) return <AlreadySetUp />;
  if (token === '') return <NoToken />;
  return (
    <>
      <h1 className="text-xl font-semibold tracking-tight">Welcome to Clawster</h1>
      <p className="mt-1 mb-6 text-muted">Make the owner account. It stays on this machine.</p>
      <form onSubmit={submit} noValidate className="space-y-4">
        <FormProblem message={errors.root?.message ?? (token ? errors.token?.message : undefined)} />
        <OwnerFields form={form} />
        <Button
          type="submit"
          look="primary"
          className="h-9 w-full"
          busy={isSubmitting || (isSubmitSuccessful && !errors.root)}
        >
          Create the account
        </Button>
      </form>
    </>
  );
}

function useSetup(token: string | undefined) {
  const status = useQuery(q(api.system.status, {}));
  const form = useForm({
    resolver: zodResolver(CompleteSetup),
    defaultValues: { token: '', name: '', email: '', password: '', workspaceName: 'My workspace' },
  });
  useEffect(() => form.setValue('token', token ?? ''), [form, token]);
  const submit = form.handleSubmit((values) =>
    client.setup.complete(values).then(
      () => window.location.assign(paths.home),
      (error: unknown) => showProblem(form, error),
    ),
  );
  return { form, submit, isSetUp: status.data?.setup === 'done' };
}

function OwnerFields({ form }: { form: ReturnType<typeof useSetup>['form'] }) {
  const { errors } = form.formState;
  const [password, name, email] = form.watch(['password', 'name', 'email']);
  return (
    <>
      <Field label="Your name" error={errors.name?.message}>
        {(described) => <Input {...described} {...form.register('name')} autoComplete="name" autoFocus />}
      </Field>
      <Field label="E-mail" error={errors.email?.message} hint="To sign in with; nothing is sent to it.">
        {(described) => <Input {...described} {...form.register('email')} type="email" autoComplete="username" />}
      </Field>
      <Field
        label="Passphrase"
        error={errors.password?.message}
        hint={<PassphraseMeter passphrase={password} known={[name, email.split('@')[0] ?? '']} />}
      >
        {(described) => <PasswordInput {...described} {...form.register('password')} autoComplete="new-password" />}
      </Field>
      <Field
        label="Workspace"
        error={errors.workspaceName?.message}
        hint="What your bots belong to: a team, a company, yourself."
      >
        {(described) => <Input {...described} {...form.register('workspaceName')} autoComplete="organization" />}
      </Field>
    </>
  );
}

function NoToken() {
  return (
    <>
      <h1 className="text-xl font-semibold tracking-tight">Open the set-up link</h1>
      <p className="mt-1 text-muted">
        The account is made with the link that <code className="font-mono">clawster up</code> printed: it carries a
        one-time token, which is missing here. Open that link, or start Clawster again for a new one.
      </p>
    </>
  );
}

function AlreadySetUp() {
  return (
    <>
      <h1 className="text-xl font-semibold tracking-tight">Clawster is set up already</h1>
      <p className="mt-1 mb-6 text-muted">The owner account exists. Sign in with it.</p>
      <Link href={paths.signIn()} className="font-medium text-accent underline underline-offset-2">
        Go to sign-in
      </Link>
    </>
  );
}
