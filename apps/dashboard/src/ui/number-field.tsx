import { Field, Input } from './field.tsx';

type NumberFieldProps = {
  label: string;
  hint?: string | undefined;
  value: string;
  onChange: (text: string) => void;
};

/** A number as it is written; empty where that means something. */
export function NumberField({ label, hint, value, onChange }: NumberFieldProps) {
  return (
    <Field label={label} hint={hint}>
      {(described) => (
        <Input {...described} inputMode="decimal" value={value} onChange={({ target }) => onChange(target.value)} />
      )}
    </Field>
  );
}
