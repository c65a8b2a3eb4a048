import { api } from '@clawster/contract/api';
import type { Connector } from '@clawster/contract/connector';
import { useQuery } from '@tanstack/react-query';
import { Plus, Trash2 } from 'lucide-react';
import { useFieldArray, type UseFormReturn } from 'react-hook-form';
import { q } from '../../lib/query.ts';
import { Button } from '../../ui/button.tsx';
import { FieldIssue } from '../configuration/field-issue.tsx';
import { Field, Input, Select, SuggestingInput } from '../../ui/field.tsx';
import { asNumber, type RulesValues } from './rules-values.ts';

/** Who is asked again, and who stands in, when the provider cannot answer. */
export function FallbacksField({ form, connector }: { form: UseFormReturn<RulesValues>; connector: Connector }) {
  const { data } = useQuery(q(api.connectors.list, { limit: 200 }));
  const { fields, append, remove } = useFieldArray({ control: form.control, name: 'fallbacks' });
  const others = data?.items.filter(({ provider }) => provider !== 'demo') ?? [];
  const problem = form.formState.errors.fallbacks?.message ?? form.formState.errors.fallbacks?.root?.message;
  return (
    <fieldset className="space-y-3">
      <legend className="text-sm font-semibold">When it cannot answer</legend>
      <Field label="Asked again" hint="How often, when it is busy, in trouble or not to be reached.">
        {(described) => <Input {...described} {...form.register('retries', asNumber)} inputMode="numeric" />}
      </Field>
      <FieldIssue message={problem} />
      {fields.map(({ id }, index) => (
        <div key={id} role="group" aria-label={`Stand-in ${index + 1}`} className="flex flex-wrap items-end gap-2">
          <Field label="Then" className="min-w-40 flex-1">
            {(described) => (
              <Select {...described} {...form.register(`fallbacks.${index}.connectorId`)}>
                {others.map((other) => (
                  <option key={other.id} value={other.id}>
                    {other.name}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field label="with the model" className="min-w-40 flex-1">
            {(described) => (
              <SuggestingInput
                {...described}
                {...form.register(`fallbacks.${index}.model`)}
                offered={modelsOf(others, form.watch(`fallbacks.${index}.connectorId`))}
                spellCheck={false}
              />
            )}
          </Field>
          <Button look="quiet" icon={<Trash2 />} onClick={() => remove(index)}>
            Remove
          </Button>
        </div>
      ))}
      <Button
        icon={<Plus />}
        onClick={() => append({ connectorId: others[0]?.id ?? connector.id, model: others[0]?.model ?? '' })}
      >
        Add a stand-in
      </Button>
    </fieldset>
  );
}

function modelsOf(connectors: readonly Connector[], connectorId: string): string[] | undefined {
  return connectors.find(({ id }) => id === connectorId)?.models.map(({ id }) => id);
}
