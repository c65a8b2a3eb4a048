import type { Connector } from '@clawster/contract/connector';
import { knownModels, suggestedModel } from '@clawster/domain/model/prices';
import { Plus, Sparkles, Trash2 } from 'lucide-react';
import { useFieldArray, type UseFormReturn } from 'react-hook-form';
import { Button } from '../../ui/button.tsx';
import { FieldIssue } from '../configuration/field-issue.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Field, Input, SuggestingInput } from '../../ui/field.tsx';
import { asNumber, modelValues, type RulesValues } from './rules-values.ts';

type Form = { form: UseFormReturn<RulesValues>; provider: Connector['provider']; usual: string };

/** The models bots may ask for, with what they can and cost. */
export function ModelsField({ form, provider, usual }: Form) {
  const { fields, append, remove } = useFieldArray({ control: form.control, name: 'models' });
  const problem = form.formState.errors.models?.message ?? form.formState.errors.models?.root?.message;
  return (
    <fieldset className="space-y-3">
      <legend className="text-sm font-semibold">Models</legend>
      <p className="text-sm text-muted">
        Bots of this connector may ask for these and no others. Prices are US dollars for a million tokens; without one,
        tokens are counted and costs are not.
      </p>
      <FieldIssue message={problem} />
      {fields.map(({ id }, index) => (
        <ModelCard key={id} {...{ form, provider, usual, index }} onRemove={() => remove(index)} />
      ))}
      <Button icon={<Plus />} onClick={() => append(modelValues({ id: '', inputs: ['text'] }))}>
        Add a model
      </Button>
    </fieldset>
  );
}

const rates = [
  ['input', 'Input'],
  ['output', 'Output'],
  ['cacheRead', 'From cache'],
  ['cacheWrite', 'Into cache'],
] as const;

function ModelCard({ form, provider, usual, index, onRemove }: Form & { index: number; onRemove: () => void }) {
  const name = `models.${index}` as const;
  const model = form.watch(name);
  const known = suggestedModel(provider, model.id);
  const whyNotSuggest = known.price ? undefined : 'No list price of this model is known: enter what you pay';
  const isUsual = model.id === usual;
  return (
    <div role="group" aria-label={model.id || 'New model'} className="space-y-3 rounded-lg border border-line p-3">
      <div className="flex flex-wrap items-end gap-2">
        <Field label="Model" className="min-w-48 flex-1">
          {(described) => (
            <SuggestingInput
              {...described}
              {...form.register(`${name}.id`)}
              offered={knownModels(provider)}
              readOnly={isUsual}
              spellCheck={false}
            />
          )}
        </Field>
        <Button
          icon={<Sparkles />}
          whyNot={whyNotSuggest}
          onClick={() => form.setValue(name, modelValues(known), { shouldDirty: true })}
        >
          Use list price
        </Button>
        <Button
          look="quiet"
          icon={<Trash2 />}
          whyNot={isUsual ? 'It is the usual model: new bots get it' : undefined}
          onClick={onRemove}
        >
          Remove
        </Button>
      </div>
      <div className="grid grid-cols-2 gap-3 sm:grid-cols-4">
        {rates.map(([rate, label]) => (
          <Field key={rate} label={label}>
            {(described) => <Amount {...described} {...form.register(`${name}.${rate}`, asNumber)} />}
          </Field>
        ))}
      </div>
      <div className="grid grid-cols-2 items-end gap-3 sm:grid-cols-3">
        <Field label="Context window">
          {(described) => <Amount {...described} {...form.register(`${name}.contextWindow`, asNumber)} />}
        </Field>
        <Field label="Longest answer">
          {(described) => <Amount {...described} {...form.register(`${name}.maxTokens`, asNumber)} />}
        </Field>
        <Checkbox checked={model.readsImages} onChange={(sees) => form.setValue(`${name}.readsImages`, sees)}>
          Reads images
        </Checkbox>
      </div>
      <p className="text-xs text-muted">
        {model.price ? `Price of ${model.price.asOf}` : 'No price yet'}
        {model.price?.long
          ? `; more where a prompt has over ${model.price.long.above.toLocaleString('en')} tokens`
          : ''}
      </p>
    </div>
  );
}

function Amount(props: React.ComponentProps<'input'>) {
  return <Input {...props} inputMode="decimal" className="tabular-nums" />;
}
