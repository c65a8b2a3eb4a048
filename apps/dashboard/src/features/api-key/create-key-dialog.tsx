'use client';

import { CreateApiKey } from '@clawster/contract/api-key';
import { zodResolver } from '@hookform/resolvers/zod';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { client } from '../../lib/client.ts';
import { showProblem } from '../../lib/show-problem.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, FormProblem, Input } from '../../ui/field.tsx';
import { RoleSelect } from '../role/role-select.tsx';

/** Makes a key and shows its value once. */
export function CreateKeyDialog({ onClose }: { onClose: () => void }) {
  const [value, setValue] = useState<string>();
  return value ? (
    <Dialog
      open
      onClose={onClose}
      title="Copy the key now"
      lead="It is shown this once. Only its hash is kept, so nobody can look it up later."
    >
      <code className="mb-4 block rounded-md border border-line bg-ground p-3 font-mono text-sm break-all select-all">
        {value}
      </code>
      <div className="flex justify-end gap-2">
        <CopyButton text={() => value} label="Copy the key" />
        <Button look="primary" onClick={onClose}>
          I have it
        </Button>
      </div>
    </Dialog>
  ) : (
    <KeyForm onClose={onClose} onCreated={setValue} />
  );
}

function KeyForm({ onClose, onCreated }: { onClose: () => void; onCreated: (value: string) => void }) {
  const queryClient = useQueryClient();
  const form = useForm({
    resolver: zodResolver(CreateApiKey),
    defaultValues: { name: '', role: 'operator', expiresInDays: 90 },
  });
  const { errors, isSubmitting } = form.formState;
  const save = form.handleSubmit((input) =>
    client.apiKeys.create(input).then(
      async (created) => {
        await queryClient.invalidateQueries({ queryKey: ['apiKeys'] });
        onCreated(created.value);
      },
      (error: unknown) => showProblem(form, error),
    ),
  );
  return (
    <Dialog open onClose={onClose} title="Create an API key">
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
        <div className="flex justify-end gap-2">
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" look="primary" busy={isSubmitting}>
            Create
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
