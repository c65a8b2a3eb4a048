'use client';

import type { MailSecurity, MailServer } from '@clawster/contract/mail';
import { useQueryClient } from '@tanstack/react-query';
import { useForm, type UseFormReturn } from 'react-hook-form';
import { client } from '../../lib/client.ts';
import { showProblem } from '../../lib/show-problem.ts';
import { tell } from '../../lib/toast.ts';
import { Button } from '../../ui/button.tsx';
import { Field, FormProblem, Input, Select } from '../../ui/field.tsx';
import { PasswordInput } from '../../ui/password-input.tsx';

type Values = {
  host: string;
  port: number;
  security: MailSecurity;
  user: string;
  password: string;
  fromName: string;
  fromAddress: string;
};

const start = { host: '', port: 587, security: 'starttls', fromName: 'Clawster', fromAddress: '' } as const;

/** Sets the mail server up, or changes it: signed in to first, saved only when that went well. */
export function MailServerForm({ server }: { server: MailServer | undefined }) {
  const queryClient = useQueryClient();
  const { host, port, security, fromName, fromAddress } = server ?? start;
  const form = useForm<Values>({
    defaultValues: { host, port, security, fromName, fromAddress, user: server?.user ?? '', password: '' },
  });
  const { errors, isSubmitting } = form.formState;
  const save = form.handleSubmit(({ user, password, ...rest }) =>
    client.mail.set({ ...rest, ...(user ? { user } : {}), ...(password ? { password } : {}) }).then(
      async () => {
        await queryClient.invalidateQueries({ queryKey: ['mail'] });
        tell('The mail server let Clawster in. Invitations can be mailed.');
      },
      (error: unknown) => showProblem(form, error),
    ),
  );
  return (
    <form onSubmit={save} noValidate className="space-y-4">
      <FormProblem message={errors.root?.message} />
      <div className="grid gap-4 sm:grid-cols-2">
        <ServerFields form={form} />
        <AccountFields form={form} hasPassword={server?.hasPassword ?? false} />
      </div>
      <div className="flex justify-end">
        <Button type="submit" look="primary" busy={isSubmitting}>
          Test and save
        </Button>
      </div>
    </form>
  );
}

type FieldsProps = { form: UseFormReturn<Values> };

function ServerFields({ form }: FieldsProps) {
  const { errors } = form.formState;
  return (
    <>
      <Field label="Host" error={errors.host?.message}>
        {(described) => (
          <Input {...described} {...form.register('host')} spellCheck={false} placeholder="smtp.example.com" />
        )}
      </Field>
      <Field label="Port" error={errors.port?.message} hint="Often 587 with STARTTLS, 465 with TLS.">
        {(described) => (
          <Input {...described} {...form.register('port', { valueAsNumber: true })} inputMode="numeric" />
        )}
      </Field>
      <Field label="Security" error={errors.security?.message}>
        {(described) => (
          <Select {...described} {...form.register('security')}>
            <option value="starttls">STARTTLS</option>
            <option value="tls">TLS</option>
            <option value="none">none, for a server on this machine</option>
          </Select>
        )}
      </Field>
    </>
  );
}

function AccountFields({ form, hasPassword }: FieldsProps & { hasPassword: boolean }) {
  const { errors } = form.formState;
  return (
    <>
      <Field label="User" error={errors.user?.message} hint="Empty where none is asked for.">
        {(described) => <Input {...described} {...form.register('user')} autoComplete="off" spellCheck={false} />}
      </Field>
      <Field
        label="Password"
        error={errors.password?.message}
        hint={hasPassword ? 'Leave it empty to keep the one there is.' : 'Kept encrypted, never shown again.'}
      >
        {(described) => <PasswordInput {...described} {...form.register('password')} autoComplete="off" />}
      </Field>
      <Field label="From, name" error={errors.fromName?.message}>
        {(described) => <Input {...described} {...form.register('fromName')} />}
      </Field>
      <Field label="From, address" error={errors.fromAddress?.message}>
        {(described) => <Input {...described} {...form.register('fromAddress')} type="email" />}
      </Field>
    </>
  );
}
