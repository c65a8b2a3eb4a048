import type { UpdateBot } from '@clawster/contract/bot';
import { BotCapture } from '@clawster/contract/capture';
import type { UseFormReturn } from 'react-hook-form';
import { Field, Select } from '../../ui/field.tsx';
import { captureText } from './capture-words.ts';

/** How much of a bot's conversations is kept, where it is not as the workspace says. */
export function CaptureField({ form }: { form: Pick<UseFormReturn<UpdateBot>, 'register'> }) {
  return (
    <Field
      label="What is kept of its conversations"
      hint="What each of these keeps is told in the settings, under Conversations."
    >
      {(described) => (
        <Select {...described} {...form.register('capture')}>
          {BotCapture.options.map((mode) => (
            <option key={mode} value={mode}>
              {captureText(mode)}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
