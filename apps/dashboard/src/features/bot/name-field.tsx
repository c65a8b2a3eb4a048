import { Field, Input } from '../../ui/field.tsx';

type NameFieldProps = { label: string; value: string; error: string | undefined; onChange: (name: string) => void };

/** A bot's name, chosen whole so that typing replaces what was suggested. */
export function NameField({ label, value, error, onChange }: NameFieldProps) {
  return (
    <Field label={label} error={error} hint="Letters, digits and hyphens: it is used in commands and links too.">
      {(described) => (
        <Input
          {...described}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          onFocus={(event) => event.target.select()}
          autoFocus
          autoComplete="off"
          spellCheck={false}
          maxLength={40}
        />
      )}
    </Field>
  );
}
