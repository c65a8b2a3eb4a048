'use client';

import { ChangeEmail } from '@clawster/contract/account';
import { zodResolver } from '@hookform/resolvers/zod';
import { useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { client } from '../../lib/client.ts';
import { showProblem } from '../../lib/show-problem.ts';
import { tell } from '../../lib/toast.ts';
import { Button } from '../../ui/button.tsx';
import { Field, FormProblem, Input } from '../../ui/field.tsx';
import { PasswordInput } from '../../ui/password-input.tsx';

export function EmailForm({ email }: { email: string }) {
  const queryClient = useQueryClient();
  const form = useForm({ resolver: zodResolver(ChangeEmail), defaultValues: { email, password: '' } });
  const { errors, isSubmitting, dirtyFields } = form.formState;
  const save = form.handleSubmit((input) =>
    client.account.changeEmail(input).then(
      async () => {
        await queryClient.invalidateQueries();
        form.reset({ email: input.email, password: '' });
        tell(`You sign in with ${input.email} from now on.`);
      },
      (error: unknown) => showProblem(form, error),
    ),
  );
  return (
    <form onSubmit={save} noValidate className="space-y-3">
      <FormProblem message={errors.root?.message} />
      <Field label="E-mail" error={errors.email?.message} hint="To sign in with; nothing is sent to it.">
        {(described) => <Input {...described} {...form.register('email')} type="email" autoComplete="username" />}
      </Field>
      {dirtyFields.email ? (
        <Field label="Your passphrase" error={errors.password?.message}>
          {(described) => (
            <PasswordInput {...described} {...form.register('password')} autoComplete="current-password" />
          )}
        </Field>
      ) : null}
      <Button type="submit" busy={isSubmitting} whyNot={dirtyFields.email ? undefined : 'Change the address first'}>
        Change the e-mail
      </Button>
    </form>
  );
}
