import type { UseFormReturn } from 'react-hook-form';
import { Field, Input, Select } from '../../ui/field.tsx';
import { asNumber, type RulesValues } from './rules-values.ts';

/** How much one bot may ask and spend. An empty field is no limit. */
export function LimitsFields({ form }: { form: UseFormReturn<RulesValues> }) {
  const { errors } = form.formState;
  return (
    <fieldset className="space-y-3">
      <legend className="text-sm font-semibold">Limits of each bot</legend>
      <p className="text-sm text-muted">Looked at before each call. A field that is left empty is no limit.</p>
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label="Budget in US dollars" error={errors.budgetUsd?.message}>
          {(described) => (
            <Input
              {...described}
              {...form.register('budgetUsd', asNumber)}
              inputMode="decimal"
              placeholder="No budget"
            />
          )}
        </Field>
        <Field label="For each" hint="Days and months of UTC.">
          {(described) => (
            <Select {...described} {...form.register('period')}>
              <option value="day">day</option>
              <option value="month">month</option>
            </Select>
          )}
        </Field>
        <Field label="Calls in a minute" error={errors.requestsPerMinute?.message}>
          {(described) => (
            <Input
              {...described}
              {...form.register('requestsPerMinute', asNumber)}
              inputMode="numeric"
              placeholder="No limit"
            />
          )}
        </Field>
        <Field label="Tokens in a minute" error={errors.tokensPerMinute?.message}>
          {(described) => (
            <Input
              {...described}
              {...form.register('tokensPerMinute', asNumber)}
              inputMode="numeric"
              placeholder="No limit"
            />
          )}
        </Field>
      </div>
    </fieldset>
  );
}
