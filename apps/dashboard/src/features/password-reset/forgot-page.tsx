'use client';

import { api } from '@clawster/contract/api';
import { AskReset } from '@clawster/contract/password-reset';
import { zodResolver } from '@hookform/resolvers/zod';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { client } from '../../lib/client.ts';
import { paths } from '../../lib/paths.ts';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { showProblem } from '../../lib/show-problem.ts';
import { Button } from '../../ui/button.tsx';
import { ButtonLink } from '../../ui/button-link.tsx';
import { Field, FormProblem, Input } from '../../ui/field.tsx';
import { Skeleton, Trouble } from '../../ui/page.tsx';
import { DoorHeading } from './door-heading.tsx';

/** For who forgot their passphrase: asks for the address a link is mailed to, or says who can help where nothing is mailed. */
export function ForgotPage() {
  const ways = useQuery(q(api.passwordResets.show, {}));
  const [askedFor, setAskedFor] = useState<string>();
  if (askedFor) return <Asked email={askedFor} />;
  if (ways.error) return <Trouble message={sentenceOf(ways.error)} retry={() => void ways.refetch()} />;
  if (!ways.data) return <Skeleton className="h-56 w-full" />;
  return ways.data.byMail ? <AskForm onAsked={setAskedFor} /> : <NoMail />;
}

function AskForm({ onAsked }: { onAsked: (email: string) => void }) {
  const form = useForm({ resolver: zodResolver(AskReset), defaultValues: { email: '' } });
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit((values) =>
    client.passwordResets.ask(values).then(
      () => onAsked(values.email),
      (error: unknown) => showProblem(form, error),
    ),
  );
  return (
    <>
      <DoorHeading title="Forgot your passphrase?">
        <p>You are mailed a link by which you choose a new one.</p>
      </DoorHeading>
      <form onSubmit={submit} noValidate className="space-y-4">
        <FormProblem message={errors.root?.message} />
        <Field label="E-mail" error={errors.email?.message} hint="The address you sign in with.">
          {(described) => (
            <Input {...described} {...form.register('email')} type="email" autoComplete="username" autoFocus />
          )}
        </Field>
        <Button type="submit" look="primary" className="h-9 w-full" busy={isSubmitting}>
          Mail me a link
        </Button>
      </form>
      <Back />
    </>
  );
}

/** The same for every address: whether it has an account is told to that address alone. */
function Asked({ email }: { email: string }) {
  return (
    <div role="status">
      <DoorHeading title="Look into your mail">
        <p>
          If <b className="font-medium break-all text-text">{email}</b> has an account here, a mail is on its way. The
          link in it is good once, for 30 minutes.
        </p>
        <p>Nothing came within a few minutes? Look among what is taken for spam. Otherwise:</p>
        <WhoHelps />
      </DoorHeading>
      <Back />
    </div>
  );
}

function NoMail() {
  return (
    <>
      <DoorHeading title="Forgot your passphrase?">
        <p>This Clawster sends no mail, so it cannot send you a link. These can make you one:</p>
        <WhoHelps />
      </DoorHeading>
      <Back />
    </>
  );
}

function WhoHelps() {
  return (
    <ul className="list-disc space-y-1 pl-5">
      <li>
        an owner of your workspace, under <b className="font-medium text-text">Settings → People</b>
      </li>
      <li>
        whoever runs the server, there, with{' '}
        <code className="font-mono text-sm break-words">clawster installation reset-link &lt;your address&gt;</code>
      </li>
    </ul>
  );
}

function Back() {
  return (
    <ButtonLink href={paths.signIn()} className="mt-4 h-9 w-full">
      Back to the sign-in page
    </ButtonLink>
  );
}
