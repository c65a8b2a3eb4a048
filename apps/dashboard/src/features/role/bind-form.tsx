import { Role } from '@clawster/contract/permission';
import { zodResolver } from '@hookform/resolvers/zod';
import { useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { client } from '../../lib/client.ts';
import { showProblem } from '../../lib/show-problem.ts';
import { Button } from '../../ui/button.tsx';
import { Field, FormProblem } from '../../ui/field.tsx';
import { BotsFields, botsShape, checkBots, scopeOf } from './bots-fields.tsx';
import { RoleSelect, useRoleHint } from './role-select.tsx';

const Form = z.object({ role: Role, ...botsShape }).superRefine(checkBots);

/** Gives someone a role for one bot, or for those with certain labels. */
export function BindForm({ personId }: { personId: string }) {
  const queryClient = useQueryClient();
  const form = useForm({
    resolver: zodResolver(Form),
    defaultValues: { role: 'operator', by: 'labels' as const, labels: '', botId: '' },
  });
  const { errors, isSubmitting } = form.formState;
  const save = form.handleSubmit(async ({ role, ...chosen }) => {
    const bots = scopeOf(chosen);
    if (!bots) return;
    try {
      await client.roleBindings.create({ personId, role, bots });
      await queryClient.invalidateQueries();
      form.reset({ role, by: chosen.by, labels: '', botId: '' });
    } catch (error) {
      showProblem(form, error);
    }
  });
  return (
    <form onSubmit={save} noValidate className="space-y-3">
      <FormProblem message={errors.root?.message} />
      <Field label="Role" error={errors.role?.message} hint={useRoleHint(form.watch('role'))}>
        {(described) => <RoleSelect {...described} {...form.register('role')} />}
      </Field>
      <BotsFields by={form.watch('by')} register={(name) => form.register(name)} errors={errors} />
      <div className="flex justify-end">
        <Button type="submit" look="primary" busy={isSubmitting}>
          Give the role
        </Button>
      </div>
    </form>
  );
}
