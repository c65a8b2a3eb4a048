'use client';

import { SecondStep, type SignInAnswer } from '@clawster/contract/session';
import { zodResolver } from '@hookform/resolvers/zod';
import { useForm } from 'react-hook-form';
import { client } from '../../lib/client.ts';
import { showProblem } from '../../lib/show-problem.ts';
import { Button } from '../../ui/button.tsx';
import { Field, FormProblem, Input } from '../../ui/field.tsx';

export type SecondStepAsked = Extract<SignInAnswer, { state: 'second-step' }>;
type SecondStepFormProps = { asked: SecondStepAsked; onSignedIn: () => void; onBack: () => void };

/** After the right passphrase: the code of the authenticator app, or a recovery code. */
export function SecondStepForm({ asked, onSignedIn, onBack }: SecondStepFormProps) {
  const form = useForm({
    resolver: zodResolver(SecondStep),
    defaultValues: { challenge: asked.challenge, factor: 'totp' as SecondStep['factor'], code: '' },
  });
  const { errors, isSubmitting } = form.formState;
  const isApp = form.watch('factor') === 'totp';
  const submit = form.handleSubmit((values) =>
    client.sessions.secondStep(values).then(onSignedIn, (error: unknown) => showProblem(form, error)),
  );
  const swap = () => {
    form.clearErrors();
    form.setValue('code', '');
    form.setValue('factor', isApp ? 'recovery-code' : 'totp');
    form.setFocus('code');
  };
  return (
    <>
      <h1 className="text-xl font-semibold tracking-tight">One more step</h1>
      <p className="mt-1 mb-6 text-muted">
        {isApp
          ? 'Enter the code your authenticator app shows now.'
          : 'Enter one of your recovery codes. Each is good once.'}
      </p>
      <form onSubmit={submit} noValidate className="space-y-4">
        <FormProblem message={errors.root?.message} />
        <Field label={isApp ? 'Code' : 'Recovery code'} error={errors.code?.message}>
          {(described) => (
            <Input
              {...described}
              {...form.register('code')}
              autoComplete="one-time-code"
              inputMode={isApp ? 'numeric' : 'text'}
              spellCheck={false}
              className="font-mono"
              autoFocus
            />
          )}
        </Field>
        <Button type="submit" look="primary" className="h-9 w-full" busy={isSubmitting}>
          Sign in
        </Button>
        <div className="flex flex-wrap justify-between gap-2">
          <Button look="quiet" onClick={onBack}>
            Begin again
          </Button>
          {asked.factors.includes('recovery-code') ? (
            <Button look="quiet" onClick={swap}>
              {isApp ? 'Use a recovery code' : 'Use the app'}
            </Button>
          ) : null}
        </div>
      </form>
    </>
  );
}
