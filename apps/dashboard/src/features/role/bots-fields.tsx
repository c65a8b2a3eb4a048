import { api } from '@clawster/contract/api';
import { type BotScope, labelsOf, Selector } from '@clawster/contract/label';
import { useQuery } from '@tanstack/react-query';
import type { UseFormRegisterReturn } from 'react-hook-form';
import { z } from 'zod';
import { q } from '../../lib/query.ts';
import { Field, Input, Select } from '../../ui/field.tsx';

/** The fields of a form that chooses bots. */
export const botsShape = { by: z.enum(['all', 'labels', 'bot']), labels: z.string(), botId: z.string() };
export type ChosenBots = z.infer<z.ZodObject<typeof botsShape>>;

/** Says at its field what is missing of the choice. */
export function checkBots({ by, labels, botId }: ChosenBots, { addIssue }: z.core.$RefinementCtx): void {
  const parsed = Selector.safeParse(labels);
  if (by === 'labels' && !parsed.success)
    addIssue({ code: 'custom', path: ['labels'], message: parsed.error.issues[0]?.message });
  if (by === 'bot' && !botId) addIssue({ code: 'custom', path: ['botId'], message: 'Choose a bot' });
}

/** What was chosen; undefined for all bots. */
export function scopeOf({ by, labels, botId }: ChosenBots): BotScope | undefined {
  if (by === 'all') return undefined;
  return by === 'bot' ? { botId } : { labels: labelsOf(labels) };
}

type BotsFieldsProps = {
  by: ChosenBots['by'];
  register: (name: keyof ChosenBots) => UseFormRegisterReturn;
  errors: { labels?: { message?: string }; botId?: { message?: string } };
  /** Whether all of them may be chosen. */
  all?: boolean;
};

/** For which bots something holds: one, those with some labels, or all. */
export function BotsFields({ by, register, errors, all = false }: BotsFieldsProps) {
  return (
    <>
      <Field label="For">
        {(described) => (
          <Select {...described} {...register('by')}>
            {all ? <option value="all">all bots</option> : null}
            <option value="labels">the bots with some labels</option>
            <option value="bot">one bot</option>
          </Select>
        )}
      </Field>
      {by === 'labels' ? (
        <Field label="Labels" error={errors.labels?.message} hint="Such as team=support,env=live: all must be there.">
          {(described) => <Input {...described} {...register('labels')} placeholder="team=support" />}
        </Field>
      ) : null}
      {by === 'bot' ? (
        <Field label="Bot" error={errors.botId?.message}>
          {(described) => (
            <Select {...described} {...register('botId')}>
              <BotOptions />
            </Select>
          )}
        </Field>
      ) : null}
    </>
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
