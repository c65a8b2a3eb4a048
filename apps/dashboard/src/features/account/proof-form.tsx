'use client';

import { CurrentPassword } from '@clawster/contract/account';
import { zodResolver } from '@hookform/resolvers/zod';
import type { ReactNode } from 'react';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { showProblem } from '../../lib/show-problem.ts';
import { Button } from '../../ui/button.tsx';
import type { Look } from '../../ui/button-look.ts';
import { Field, FormProblem } from '../../ui/field.tsx';
import { PasswordInput } from '../../ui/password-input.tsx';

const Proof = z.object({ password: CurrentPassword });
type ProofFormProps = {
  act: (proof: { password: string }) => Promise<void>;
  onCancel: () => void;
  look?: Look;
  children: ReactNode;
};

/** Asks for the passphrase once more; a session alone must not do what comes after it. */
export function ProofForm({ act, onCancel, look = 'primary', children }: ProofFormProps) {
  const form = useForm({ resolver: zodResolver(Proof), defaultValues: { password: '' } });
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit((proof) => act(proof).catch((error: unknown) => showProblem(form, error)));
  return (
    <form onSubmit={submit} noValidate className="space-y-4">
      <FormProblem message={errors.root?.message} />
      <Field label="Your passphrase" error={errors.password?.message}>
        {(described) => (
          <PasswordInput {...described} {...form.register('password')} autoComplete="current-password" autoFocus />
        )}
      </Field>
      <div className="flex justify-end gap-2">
        <Button look={look === 'alarm' ? 'plain' : 'quiet'} onClick={onCancel}>
          Cancel
        </Button>
        <Button type="submit" look={look} busy={isSubmitting}>
          {children}
        </Button>
      </div>
    </form>
  );
}
