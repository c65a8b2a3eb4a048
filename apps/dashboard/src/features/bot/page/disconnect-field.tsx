import type { UpdateBot } from '@clawster/contract/bot';
import type { Disconnect } from '@clawster/contract/disconnect';
import type { UseFormReturn } from 'react-hook-form';
import { count } from '../../../lib/time.ts';
import { Field, Select } from '../../../ui/field.tsx';

const minutesOffered = [15, 60, 8 * 60, 24 * 60, 7 * 24 * 60];

/** What the bot does while Clawster cannot be reached, as on its page. */
export function disconnectText(disconnect: Disconnect): string {
  return disconnect === 'keep' ? 'Works on' : `Stops itself after ${time(disconnect)}`;
}

function time(minutes: number): string {
  if (minutes % 1440 === 0) return count(minutes / 1440, 'day');
  return minutes % 60 === 0 ? count(minutes / 60, 'hour') : `${minutes} min`;
}

export function DisconnectField({ form }: { form: Pick<UseFormReturn<UpdateBot>, 'watch' | 'setValue'> }) {
  const chosen = form.watch('disconnect') ?? 'keep';
  // Another number may have been set by API or CLI.
  const offered = [...new Set(chosen === 'keep' ? minutesOffered : [...minutesOffered, chosen])].toSorted(
    (one, other) => one - other,
  );
  return (
    <Field
      label="While Clawster cannot be reached"
      hint="A bot that stopped itself starts again when the link is back."
    >
      {(described) => (
        <Select
          {...described}
          value={String(chosen)}
          onChange={({ target: { value } }) =>
            form.setValue('disconnect', value === 'keep' ? 'keep' : Number(value), { shouldDirty: true })
          }
        >
          <option value="keep">{disconnectText('keep')}</option>
          {offered.map((minutes) => (
            <option key={minutes} value={minutes}>
              {disconnectText(minutes)}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
