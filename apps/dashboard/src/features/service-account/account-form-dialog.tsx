'use client';

import { CreateServiceAccount, type ServiceAccount } from '@clawster/contract/service-account';
import { zodResolver } from '@hookform/resolvers/zod';
import { useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { client } from '../../lib/client.ts';
import { showProblem } from '../../lib/show-problem.ts';
import { count } from '../../lib/time.ts';
import { tell } from '../../lib/toast.ts';
import { DialogButtons } from '../../ui/dialog-buttons.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, FormProblem, Input } from '../../ui/field.tsx';
import { RoleSelect } from '../role/role-select.tsx';

type FormProps = { account: ServiceAccount | undefined; onClose: () => void };

/** Makes a service account, or changes one. */
export function AccountFormDialog({ account, onClose }: FormProps) {
  const queryClient = useQueryClient();
  const { name = '', description = '', role = 'viewer' } = account ?? {};
  const form = useForm({ resolver: zodResolver(CreateServiceAccount), defaultValues: { name, description, role } });
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit((input) =>
    save(account, input).then(
      async (said) => {
        await queryClient.invalidateQueries({ queryKey: ['serviceAccounts'] });
        await queryClient.invalidateQueries({ queryKey: ['apiKeys'] });
        tell(said);
        onClose();
      },
      (error: unknown) => showProblem(form, error),
    ),
  );
  const title = account ? `Change ${account.name}` : 'Make a service account';
  return (
    <Dialog open onClose={onClose} title={title} lead="None of its keys does more than its role.">
      <form onSubmit={submit} noValidate className="space-y-4">
        <FormProblem message={errors.root?.message} />
        <Field label="Name" error={errors.name?.message} hint="What its programs do, such as Deploys.">
          {(described) => <Input {...described} {...form.register('name')} autoFocus />}
        </Field>
        <Field label="Role" error={errors.role?.message}>
          {(described) => <RoleSelect {...described} {...form.register('role')} />}
        </Field>
        <Field label="What for" error={errors.description?.message}>
          {(described) => <Input {...described} {...form.register('description')} />}
        </Field>
        <DialogButtons onCancel={onClose} busy={isSubmitting}>
          {account ? 'Save' : 'Make it'}
        </DialogButtons>
      </form>
    </Dialog>
  );
}

async function save(account: ServiceAccount | undefined, input: CreateServiceAccount): Promise<string> {
  if (!account) {
    await client.serviceAccounts.create(input);
    return `${input.name} is there. It needs a key to do anything.`;
  }
  const { apiKeys } = await client.serviceAccounts.update({ serviceAccountId: account.id, ...input });
  return `${input.name} is changed.${apiKeys > 0 ? ` ${count(apiKeys, 'API key')} ended with it.` : ''}`;
}
