'use client';

import { permissions } from '@clawster/contract/permission-list';
import { type Permission, Role } from '@clawster/contract/permission';
import type { RoleDefinition } from '@clawster/contract/role';
import { zodResolver } from '@hookform/resolvers/zod';
import { useQueryClient } from '@tanstack/react-query';
import { Controller, useForm } from 'react-hook-form';
import { z } from 'zod';
import { client } from '../../lib/client.ts';
import { showProblem } from '../../lib/show-problem.ts';
import { count } from '../../lib/time.ts';
import { tell } from '../../lib/toast.ts';
import { DialogButtons } from '../../ui/dialog-buttons.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, FormProblem, Input } from '../../ui/field.tsx';
import { useIdentity } from '../session/use-identity.ts';
import { PermissionBoxes } from './permission-boxes.tsx';

const Form = z.object({
  name: Role,
  description: z.string().trim().max(200),
  permissions: z.array(z.enum(permissions)).min(1, 'Choose at least one permission'),
});
type Form = z.infer<typeof Form>;

/** Makes a role, or changes what one may do. */
export function RoleFormDialog({ role, onClose }: { role: RoleDefinition | undefined; onClose: () => void }) {
  const queryClient = useQueryClient();
  const own = useIdentity()?.permissions ?? [];
  const form = useForm({
    resolver: zodResolver(Form),
    defaultValues: role ?? { name: '', description: '', permissions: [] as Permission[] },
  });
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit((values) =>
    save(role, values).then(
      async (said) => {
        await queryClient.invalidateQueries();
        tell(said);
        onClose();
      },
      (error: unknown) => showProblem(form, error),
    ),
  );
  return (
    <Dialog open wide onClose={onClose} title={role ? `The role ${role.name}` : 'Make a role'} lead={leadOf(role)}>
      <form onSubmit={submit} noValidate className="space-y-4">
        <FormProblem message={errors.root?.message} />
        {role ? null : (
          <Field label="Name" error={errors.name?.message} hint="Such as support-lead. It stays as it is.">
            {(described) => <Input {...described} {...form.register('name')} autoFocus />}
          </Field>
        )}
        <Field label="What for" error={errors.description?.message}>
          {(described) => <Input {...described} {...form.register('description')} />}
        </Field>
        <Controller
          control={form.control}
          name="permissions"
          render={({ field, fieldState }) => (
            <PermissionBoxes own={own} held={field.value} error={fieldState.error?.message} onChange={field.onChange} />
          )}
        />
        <DialogButtons onCancel={onClose} busy={isSubmitting}>
          {role ? 'Change the role' : 'Make the role'}
        </DialogButtons>
      </form>
    </Dialog>
  );
}

function leadOf(role: RoleDefinition | undefined): string {
  if (!role) return 'A role is a set of permissions. You can give what you have yourself.';
  const held = role.people > 0 ? `It holds at once for ${count(role.people, 'person', 'people')} who have it. ` : '';
  return `${held}API keys and invitations they gave that may do more than a narrower role are revoked.`;
}

async function save(role: RoleDefinition | undefined, values: Form): Promise<string> {
  if (!role) {
    await client.roles.create(values);
    return `The role ${values.name} is there.`;
  }
  const { permissions: held, description } = values;
  const { apiKeys } = await client.roles.update({ role: role.name, permissions: held, description });
  const ended = apiKeys > 0 ? ` ${count(apiKeys, 'API key')} ended with it.` : '';
  return `The role ${role.name} is changed.${ended}`;
}
