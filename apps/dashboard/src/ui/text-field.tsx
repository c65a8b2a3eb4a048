import { Field, Input, Textarea } from './field.tsx';

type TextFieldProps = {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  placeholder?: string;
  /** How many lines it is high; one unless said. */
  rows?: number;
  /** Also for dates. */
  type?: 'text' | 'date' | 'url';
  maxLength?: number;
  autoFocus?: boolean;
  value: string;
  onChange: (text: string) => void;
};

/** A text that is state of the form around it. */
export function TextField({ label, hint, error, rows = 1, type = 'text', onChange, ...rest }: TextFieldProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(described) =>
        rows > 1 ? (
          <Textarea {...described} {...rest} rows={rows} onChange={({ target }) => onChange(target.value)} />
        ) : (
          <Input {...described} {...rest} type={type} onChange={({ target }) => onChange(target.value)} />
        )
      }
    </Field>
  );
}
