import { api } from '@clawster/contract/api';
import { labelsOf, Selector } from '@clawster/contract/label';
import { Role } from '@clawster/contract/permission';
import { zodResolver } from '@hookform/resolvers/zod';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { client } from '../../lib/client.ts';
import { q } from '../../lib/query.ts';
import { showProblem } from '../../lib/show-problem.ts';
import { Button } from '../../ui/button.tsx';
import { Field, FormProblem, Input, Select } from '../../ui/field.tsx';
import { RoleSelect, useRoleHint } from './role-select.tsx';

const Form = z
  .object({ role: Role, by: z.enum(['labels', 'bot']), labels: z.string(), botId: z.string() })
  .superRefine(({ by, labels, botId }, { addIssue }) => {
    const parsed = Selector.safeParse(labels);
    if (by === 'labels' && !parsed.success)
      addIssue({ code: 'custom', path: ['labels'], message: parsed.error.issues[0]?.message });
    if (by === 'bot' && !botId) addIssue({ code: 'custom', path: ['botId'], message: 'Choose a bot' });
  });

/** Gives someone a role for one bot, or for those with certain labels. */
export function BindForm({ personId }: { personId: string }) {
  const queryClient = useQueryClient();
  const form = useForm({
    resolver: zodResolver(Form),
    defaultValues: { role: 'operator', by: 'labels' as const, labels: '', botId: '' },
  });
  const { errors, isSubmitting } = form.formState;
  const by = form.watch('by');
  const save = form.handleSubmit(({ role, labels, botId }) =>
    client.roleBindings.create({ personId, role, bots: by === 'bot' ? { botId } : { labels: labelsOf(labels) } }).then(
      async () => {
        await queryClient.invalidateQueries();
        form.reset({ role, by, labels: '', botId: '' });
      },
      (error: unknown) => showProblem(form, error),
    ),
  );
  return (
    <form onSubmit={save} noValidate className="space-y-3">
      <FormProblem message={errors.root?.message} />
      <Field label="Role" error={errors.role?.message} hint={useRoleHint(form.watch('role'))}>
        {(described) => <RoleSelect {...described} {...form.register('role')} />}
      </Field>
      <Field label="For">
        {(described) => (
          <Select {...described} {...form.register('by')}>
            <option value="labels">the bots with some labels</option>
            <option value="bot">one bot</option>
          </Select>
        )}
      </Field>
      {by === 'labels' ? (
        <Field label="Labels" error={errors.labels?.message} hint="Such as team=support,env=live: all must be there.">
          {(described) => <Input {...described} {...form.register('labels')} placeholder="team=support" />}
        </Field>
      ) : (
        <Field label="Bot" error={errors.botId?.message}>
          {(described) => (
            <Select {...described} {...form.register('botId')}>
              <BotOptions />
            </Select>
          )}
        </Field>
      )}
      <div className="flex justify-end">
        <Button type="submit" look="primary" busy={isSubmitting}>
          Give the role
        </Button>
      </div>
    </form>
  );
}

function BotOptions() {
  const bots = useQuery(q(api.bots.list, { limit: 200 })).data?.items ?? [];
  return (
    <>
      <option value="">Choose…</option>
      {bots.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </>
  );
}
