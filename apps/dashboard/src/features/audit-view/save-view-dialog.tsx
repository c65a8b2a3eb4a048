'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { client } from '../../lib/client.ts';
import { showProblem } from '../../lib/show-problem.ts';
import { tell } from '../../lib/toast.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, FormProblem, Input } from '../../ui/field.tsx';
import type { AuditFilter } from '../event/event-filter.ts';
import { useWhyForbidden } from '../session/use-identity.ts';
import { sayView } from './say-view.ts';

type Values = { name: string; shared: boolean };
type Props = { filter: AuditFilter; onClose: () => void };

/** Keeps what is shown under a name, for oneself or for the workspace. */
export function SaveViewDialog({ filter: { search, by, outcome, noun, range }, onClose }: Props) {
  const queryClient = useQueryClient();
  const form = useForm<Values>({ defaultValues: { name: '', shared: false } });
  const { errors, isSubmitting } = form.formState;
  const forbidden = useWhyForbidden('audit:manage');
  const filter = { search: search.trim() || undefined, actorKind: by, outcome, noun, range };
  const save = form.handleSubmit(async ({ name, shared }) => {
    try {
      await client.auditViews.create({ name, shared, filter });
      await queryClient.invalidateQueries({ queryKey: ['auditViews'] });
      tell(`The view ${name} is kept.`);
      onClose();
    } catch (error) {
      showProblem(form, error);
    }
  });
  return (
    <Dialog open onClose={onClose} title="Save this view" lead={`It shows: ${sayView(filter)}.`}>
      <form onSubmit={save} noValidate className="space-y-4">
        <FormProblem message={errors.root?.message} />
        <Field label="Name" error={errors.name?.message}>
          {(described) => <Input {...described} {...form.register('name')} placeholder="Refused sign-ins" autoFocus />}
        </Field>
        <Checkbox
          checked={form.watch('shared')}
          onChange={(shared) => form.setValue('shared', shared)}
          whyNot={forbidden}
        >
          For the whole workspace: everybody who reads the trail has it in their menu
        </Checkbox>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={isSubmitting}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
