'use client';

import type { Role } from '@clawster/contract/permission';
import type { IdentityProvider } from '@clawster/contract/sso';
import { useQueryClient } from '@tanstack/react-query';
import { useForm, type UseFormReturn } from 'react-hook-form';
import { client } from '../../lib/client.ts';
import { showProblem } from '../../lib/show-problem.ts';
import { tell } from '../../lib/toast.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Field, FormProblem, Input, Select } from '../../ui/field.tsx';
import { PasswordInput } from '../../ui/password-input.tsx';
import { useGrantableRoles } from '../role/use-roles.ts';
import { GroupRoles } from './group-roles.tsx';
import { type ProviderValues, settingsOf, valuesOf } from './provider-values.ts';

export type ProviderFormState = UseFormReturn<ProviderValues>;

/** Sets the provider up, or changes it: asked first with the very settings, saved only when it answered. */
export function ProviderForm({ provider }: { provider: IdentityProvider | undefined }) {
  const offered = useGrantableRoles().map(({ name }) => name);
  const queryClient = useQueryClient();
  const form = useForm<ProviderValues>({ defaultValues: valuesOf(provider) });
  const { errors, isSubmitting } = form.formState;
  const save = form.handleSubmit((values) =>
    client.sso.set(settingsOf(values)).then(
      async ({ name }) => {
        await queryClient.invalidateQueries({ queryKey: ['sso'] });
        tell(`${name} answers. People can sign in with it.`);
      },
      (error: unknown) => showProblem(form, error),
    ),
  );
  return (
    <form onSubmit={save} noValidate className="space-y-4">
      <FormProblem message={errors.root?.message} />
      <Connection form={form} isNew={!provider} />
      <Admission form={form} offered={offered} />
      <div className="flex justify-end">
        <Button type="submit" look="primary" busy={isSubmitting}>
          Test and save
        </Button>
      </div>
    </form>
  );
}

function Connection({ form, isNew }: { form: ProviderFormState; isNew: boolean }) {
  const { errors } = form.formState;
  const secretHint = isNew ? 'Kept encrypted and never shown again.' : 'Leave it empty to keep the one there is.';
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Name" error={errors.name?.message} hint="What the button says: Sign in with …">
          {(described) => <Input {...described} {...form.register('name')} placeholder="Acme" />}
        </Field>
        <Field label="Issuer" error={errors.issuer?.message} hint="As its discovery spells it.">
          {(described) => (
            <Input {...described} {...form.register('issuer')} type="url" spellCheck={false} placeholder="https://" />
          )}
        </Field>
        <Field label="Client id" error={errors.clientId?.message}>
          {(described) => <Input {...described} {...form.register('clientId')} autoComplete="off" spellCheck={false} />}
        </Field>
        <Field label="Client secret" error={errors.clientSecret?.message} hint={secretHint}>
          {(described) => <PasswordInput {...described} {...form.register('clientSecret')} autoComplete="off" />}
        </Field>
        <Field label="Scopes" error={errors.scopes?.message} hint="With the one for groups, if the provider has it.">
          {(described) => <Input {...described} {...form.register('scopes')} spellCheck={false} />}
        </Field>
        <Field label="Claim with the groups" error={errors.groupsClaim?.message}>
          {(described) => <Input {...described} {...form.register('groupsClaim')} spellCheck={false} />}
        </Field>
      </div>
    </>
  );
}

function Admission({ form, offered }: { form: ProviderFormState; offered: Role[] }) {
  const { errors } = form.formState;
  return (
    <>
      <GroupRoles form={form} offered={offered} />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Everyone else" error={errors.defaultRole?.message} hint="Who is in none of these groups.">
          {(described) => (
            <Select {...described} {...form.register('defaultRole')}>
              <option value="">is not let in</option>
              {offered.map((role) => (
                <option key={role} value={role}>
                  is {role}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field
          label="E-mail domains"
          error={errors.emailDomains?.message}
          hint="Whose verified addresses are taken at the first sign-in."
        >
          {(described) => (
            <Input {...described} {...form.register('emailDomains')} spellCheck={false} placeholder="example.com" />
          )}
        </Field>
      </div>
      <Checkbox
        checked={form.watch('makesAccounts')}
        onChange={(checked) => form.setValue('makesAccounts', checked, { shouldDirty: true })}
      >
        Make an account for whoever comes for the first time. Without it, only members come in.
      </Checkbox>
    </>
  );
}
