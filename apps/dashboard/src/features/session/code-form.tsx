'use client';

import { type CodeFactor, SecondStep } from '@clawster/contract/session';
import { zodResolver } from '@hookform/resolvers/zod';
import { useForm } from 'react-hook-form';
import { client } from '../../lib/client.ts';
import { showProblem } from '../../lib/show-problem.ts';
import { Button } from '../../ui/button.tsx';
import { Field, FormProblem, Input } from '../../ui/field.tsx';

type CodeFormProps = {
  challenge: string;
  /** Which codes the account takes. */
  codes: CodeFactor[];
  /** Whether it stands beside something else. */
  isElse: boolean;
  onSignedIn: () => void;
};

/** The second step by a code that is typed. */
export function CodeForm({ challenge, codes, isElse, onSignedIn }: CodeFormProps) {
  const form = useForm({
    resolver: zodResolver(SecondStep),
    defaultValues: { challenge, factor: codes[0] ?? 'totp', code: '' },
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
      <p className="mb-6 text-muted">
        {isElse ? 'Or enter ' : 'Enter '}
        {isApp ? 'the code your authenticator app shows now.' : 'one of your recovery codes. Each is good once.'}
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
              autoFocus={!isElse}
            />
          )}
        </Field>
        <Button type="submit" look={isElse ? 'plain' : 'primary'} className="h-9 w-full" busy={isSubmitting}>
          Sign in
        </Button>
        {codes.length > 1 ? (
          <Button look="quiet" onClick={swap}>
            {isApp ? 'Use a recovery code' : 'Use the app'}
          </Button>
        ) : null}
      </form>
    </>
  );
}
