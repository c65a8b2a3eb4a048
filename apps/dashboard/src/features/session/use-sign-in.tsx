import { SignIn } from '@clawster/contract/session';
import { zodResolver } from '@hookform/resolvers/zod';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { client } from '../../lib/client.ts';
import { showProblem } from '../../lib/show-problem.ts';
import { type SecondStepAsked, SecondStepForm } from './second-step-form.tsx';

/** Signing in with e-mail and passphrase; `secondStep` stands in place of the form while a second factor is asked for. */
export function useSignIn(defaultValues: SignIn, onSignedIn: () => void) {
  const form = useForm({ resolver: zodResolver(SignIn), defaultValues });
  const [asked, setAsked] = useState<SecondStepAsked>();
  const submit = form.handleSubmit((values) =>
    client.sessions.signIn(values).then(
      (answer) => (answer.state === 'signed-in' ? onSignedIn() : setAsked(answer)),
      (error: unknown) => showProblem(form, error),
    ),
  );
  const secondStep = asked && (
    <SecondStepForm asked={asked} onSignedIn={onSignedIn} onBack={() => setAsked(undefined)} />
  );
  return { form, submit, secondStep };
}
