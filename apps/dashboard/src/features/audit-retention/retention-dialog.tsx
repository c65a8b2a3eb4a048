'use client';

import { api } from '@clawster/contract/api';
import type { AuditRetention } from '@clawster/contract/audit-retention';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useForm, type UseFormReturn } from 'react-hook-form';
import { client } from '../../lib/client.ts';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { showProblem } from '../../lib/show-problem.ts';
import { count } from '../../lib/time.ts';
import { tell } from '../../lib/toast.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, FormProblem, Input, Select } from '../../ui/field.tsx';
import { Skeleton, Trouble } from '../../ui/page.tsx';
import { Time } from '../../ui/time.tsx';
import { useWhyForbidden } from '../session/use-identity.ts';

/** How long events are kept, with how many would go. */
export function RetentionDialog({ onClose }: { onClose: () => void }) {
  const { data, error } = useQuery(q(api.auditRetention.get, {}));
  return (
    <Dialog
      open
      onClose={onClose}
      title="How long events are kept"
      lead="What is older is deleted within a day, after a mark that is signed. The seals stay, so that the rest can still be verified."
    >
      {error && !data ? <Trouble message={sentenceOf(error)} /> : null}
      {data ? <RetentionForm kept={data} onClose={onClose} /> : <Skeleton className="h-24 w-full" />}
    </Dialog>
  );
}

type Values = { kept: 'ever' | 'days'; days: string };

function RetentionForm({ kept, onClose }: { kept: AuditRetention; onClose: () => void }) {
  const queryClient = useQueryClient();
  const form = useForm<Values>({
    defaultValues: { kept: kept.days ? 'days' : 'ever', days: String(kept.days ?? 365) },
  });
  const { errors, isSubmitting } = form.formState;
  const forbidden = useWhyForbidden('audit:manage');
  const { isSame, goes } = useConsequence(form, kept);
  const save = form.handleSubmit(async (values) => {
    try {
      const now = await client.auditRetention.set({ days: values.kept === 'ever' ? null : Number(values.days) });
      await queryClient.invalidateQueries({ queryKey: ['auditRetention'] });
      tell(`Events are kept ${now.days ? `for ${count(now.days, 'day')}` : 'for ever'}.`);
      onClose();
    } catch (error) {
      showProblem(form, error);
    }
  });
  return (
    <form onSubmit={save} noValidate className="space-y-4">
      <FormProblem message={errors.root?.message} />
      <RetentionFields form={form} />
      <GoneNote kept={kept} />
      <GoesNote goes={goes} />
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button
          type="submit"
          look={goes > 0 ? 'danger' : 'primary'}
          busy={isSubmitting}
          whyNot={forbidden ?? (isSame ? 'It is so already' : undefined)}
        >
          {goes > 0 ? `Delete ${count(goes, 'event')}` : 'Keep it so'}
        </Button>
      </div>
    </form>
  );
}

/** What comes of what is chosen: how many events go. */
function useConsequence(form: UseFormReturn<Values>, kept: AuditRetention): { isSame: boolean; goes: number } {
  const [how, days] = form.watch(['kept', 'days']);
  const asked = how === 'days' && /^\d+$/.test(days) && Number(days) >= 30 && Number(days) <= 3_650;
  const due = useQuery({ ...q(api.auditRetention.get, { days: Number(days) }), enabled: asked });
  const isSame = how === 'ever' ? kept.days === undefined : Number(days) === kept.days;
  return { isSame, goes: asked && !isSame ? (due.data?.due ?? 0) : 0 };
}

function RetentionFields({ form }: { form: UseFormReturn<Values> }) {
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <Field label="Keep events">
        {(described) => (
          <Select {...described} {...form.register('kept')}>
            <option value="ever">for ever</option>
            <option value="days">for some days</option>
          </Select>
        )}
      </Field>
      {form.watch('kept') === 'days' ? (
        <Field label="Days" error={form.formState.errors.days?.message}>
          {(described) => <Input {...described} {...form.register('days')} type="number" min={30} max={3650} />}
        </Field>
      ) : null}
    </div>
  );
}

function GoesNote({ goes }: { goes: number }) {
  if (goes === 0) return null;
  return (
    <p className="rounded-md border border-bad/30 bg-bad-soft px-3 py-2 text-sm text-bad" role="status">
      {count(goes, 'event')} will be deleted for good. Export them first if you may need them.
    </p>
  );
}

function GoneNote({ kept: { forgottenUntil } }: { kept: AuditRetention }) {
  if (!forgottenUntil) return null;
  return (
    <p className="text-sm text-muted">
      Events older than <Time at={forgottenUntil} /> are gone.
    </p>
  );
}
