import type { UseFormRegisterReturn } from 'react-hook-form';
import { Field, Input } from './field.tsx';

type OverlapFieldProps = { what: string; error: string | undefined; registered: UseFormRegisterReturn };

/** For how long the old value of something that is rotated (`what`) stays good. */
export function OverlapField({ what, error, registered }: OverlapFieldProps) {
  return (
    <Field
      label={`The old ${what} stays good for (hours)`}
      error={error}
      hint="At most 168, a week; 0 ends it at once."
    >
      {(described) => <Input {...described} {...registered} type="number" min={0} max={168} autoFocus />}
    </Field>
  );
}
