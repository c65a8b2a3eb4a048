import type { UpdateBot } from '@clawster/contract/bot';
import type { UseFormReturn } from 'react-hook-form';
import { Field, Input } from '../../../ui/field.tsx';

const gigabyte = 1e9;
const limits = [
  { name: 'memoryBytesMax', label: 'Memory limit, in GB', gigabytesMax: 64 },
  { name: 'diskBytesMax', label: 'Disk limit, in GB', gigabytesMax: 1000 },
] as const;

/** How much of its host the bot may take; written in gigabytes, kept in bytes. */
export function LimitFields({ form }: { form: Pick<UseFormReturn<UpdateBot>, 'watch' | 'setValue' | 'formState'> }) {
  const { errors } = form.formState;
  return limits.map(({ name, label, gigabytesMax }) => (
    <Field key={name} label={label} error={errors[name] && `Choose between 1 and ${gigabytesMax} GB`}>
      {(described) => (
        <Input
          {...described}
          type="number"
          min={1}
          max={gigabytesMax}
          step={0.5}
          value={(form.watch(name) ?? 0) / gigabyte || ''}
          onChange={({ target }) =>
            form.setValue(name, Math.round(Number(target.value) * gigabyte), { shouldDirty: true })
          }
        />
      )}
    </Field>
  ));
}
