'use client';

import { api } from '@clawster/contract/api';
import { type ResetOffer, UseReset } from '@clawster/contract/password-reset';
import { zodResolver } from '@hookform/resolvers/zod';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useForm } from 'react-hook-form';
import { client } from '../../lib/client.ts';
import { paths } from '../../lib/paths.ts';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { showProblem } from '../../lib/show-problem.ts';
import { Button } from '../../ui/button.tsx';
import { ButtonLink } from '../../ui/button-link.tsx';
import { Field, FormProblem } from '../../ui/field.tsx';
import { Skeleton, Trouble } from '../../ui/page.tsx';
import { PasswordInput } from '../../ui/password-input.tsx';
import { useTokenOfAddress } from '../session/use-token-of-address.ts';
import { PassphraseMeter } from '../setup/passphrase-meter.tsx';
import { DoorHeading } from './door-heading.tsx';

/** Where a reset link leads: its holder chooses a new passphrase, and signs in with it. */
export function ResetPage() {
  const token = useTokenOfAddress();
  const [isDone, setDone] = useState(false);
  const reset = useQuery({
    ...q(api.passwordResets.lookUp, { token: token ?? '' }),
    enabled: !!token && !isDone,
    retry: false,
  });
  if (isDone) return <Done />;
  if (token === '')
    return (
      <Ended title="Open the whole link">
        <p>The link has a one-time token in it, which is missing here. Open it as it was given to you.</p>
      </Ended>
    );
  if (reset.error)
    return (
      <Ended title="This link is not good any more">
        <Trouble message={sentenceOf(reset.error)} />
      </Ended>
    );
  if (!token || !reset.data) return <Skeleton className="h-72 w-full" />;
  return <ChooseForm token={token} reset={reset.data} onDone={() => setDone(true)} />;
}

function ChooseForm({ token, reset, onDone }: { token: string; reset: ResetOffer; onDone: () => void }) {
  const { name, email } = reset;
  const form = useForm({ resolver: zodResolver(UseReset), defaultValues: { token, password: '' } });
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit((values) =>
    client.passwordResets.use(values).then(onDone, (error: unknown) => showProblem(form, error)),
  );
  return (
    <>
      <DoorHeading title="Choose a new passphrase">
        <p>
          For {name} (<span className="break-all">{email}</span>). All your sessions are closed with it; API keys go on
          working.
        </p>
      </DoorHeading>
      <form onSubmit={submit} noValidate className="space-y-4">
        <FormProblem message={errors.root?.message ?? errors.token?.message} />
        <input type="email" autoComplete="username" value={email} readOnly hidden />
        <Field
          label="New passphrase"
          error={errors.password?.message}
          hint={<PassphraseMeter passphrase={form.watch('password')} known={[name, email.split('@')[0] ?? '']} />}
        >
          {(described) => (
            <PasswordInput {...described} {...form.register('password')} autoComplete="new-password" autoFocus />
          )}
        </Field>
        <Button type="submit" look="primary" className="h-9 w-full" busy={isSubmitting}>
          Change the passphrase
        </Button>
      </form>
    </>
  );
}

function Done() {
  return (
    <div role="status">
      <DoorHeading title="Your passphrase is changed">
        <p>All your sessions are closed. Sign in with the new one, and with your second factor if you have one.</p>
      </DoorHeading>
      <ButtonLink href={paths.signIn()} look="primary" className="h-9 w-full">
        Sign in
      </ButtonLink>
    </div>
  );
}

function Ended({ title, children }: { title: string; children: ReactNode }) {
  return (
    <>
      <DoorHeading title={title}>{children}</DoorHeading>
      <ButtonLink href={paths.forgotten} className="h-9 w-full">
        Ask for a new link
      </ButtonLink>
    </>
  );
}
