'use client';

import { CreateApiKey } from '@clawster/contract/api-key';
import type { ServiceAccount } from '@clawster/contract/service-account';
import { zodResolver } from '@hookform/resolvers/zod';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { client } from '../../lib/client.ts';
import { showProblem } from '../../lib/show-problem.ts';
import { DialogButtons } from '../../ui/dialog-buttons.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, FormProblem, Input } from '../../ui/field.tsx';
import { BotsFields, botsShape, checkBots, scopeOf } from '../role/bots-fields.tsx';
import { RoleSelect } from '../role/role-select.tsx';
import { useIdentity } from '../session/use-identity.ts';
import { KeyValueDialog } from './key-value-dialog.tsx';

type CreateKeyProps = {
  /** Whose key it is to be; absent: one's own. */
  account?: ServiceAccount | undefined;
  onClose: () => void;
};

/** Makes a key and shows its value once. */
export function CreateKeyDialog({ account, onClose }: CreateKeyProps) {
  const identity = useIdentity();
  const [value, setValue] = useState<string>();
  if (value) return <KeyValueDialog value={value} onClose={onClose} />;
  if (!identity) return null;
  const mayOperate = identity.permissions.includes('bot:operate');
  const role = account?.role ?? (mayOperate ? 'operator' : identity.role);
  return <KeyForm account={account} role={role} onClose={onClose} onCreated={setValue} />;
}

const Form = CreateApiKey.omit({ bots: true }).extend(botsShape).superRefine(checkBots);

type KeyFormProps = CreateKeyProps & { role: string; onCreated: (value: string) => void };

function KeyForm({ account, role, onClose, onCreated }: KeyFormProps) {
  const queryClient = useQueryClient();
  const form = useForm({
    resolver: zodResolver(Form),
    defaultValues: { name: '', role, expiresInDays: 90, by: 'all' as const, labels: '', botId: '' },
  });
  const { errors, isSubmitting } = form.formState;
  const save = form.handleSubmit(({ by, labels, botId, ...input }) =>
    client.apiKeys.create({ ...input, bots: scopeOf({ by, labels, botId }), serviceAccountId: account?.id }).then(
      async (created) => {
        await queryClient.invalidateQueries({ queryKey: ['apiKeys'] });
        await queryClient.invalidateQueries({ queryKey: ['serviceAccounts'] });
        onCreated(created.value);
      },
      (error: unknown) => showProblem(form, error),
    ),
  );
  return (
    <Dialog open onClose={onClose} title={account ? `Create a key of ${account.name}` : 'Create an API key'}>
      <form onSubmit={save} noValidate className="space-y-4">
        <FormProblem message={errors.root?.message} />
        <Field label="Name" error={errors.name?.message} hint="The program that uses it.">
          {(described) => <Input {...described} {...form.register('name')} autoFocus />}
        </Field>
        <div className="grid grid-cols-2 gap-4">
          <Field label="Role" error={errors.role?.message}>
            {(described) => <RoleSelect {...described} {...form.register('role')} />}
          </Field>
          <Field label="Expires after (days)" error={errors.expiresInDays?.message}>
            {(described) => (
              <Input
                {...described}
                {...form.register('expiresInDays', { valueAsNumber: true })}
                type="number"
                min={1}
                max={365}
              />
            )}
          </Field>
        </div>
        <BotsFields by={form.watch('by')} register={(name) => form.register(name)} errors={errors} all />
        <DialogButtons onCancel={onClose} busy={isSubmitting}>
          Create
        </DialogButtons>
      </form>
    </Dialog>
  );
}
