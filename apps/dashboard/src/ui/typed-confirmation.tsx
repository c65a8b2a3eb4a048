import { Field, Input } from './field.tsx';

type TypedConfirmationProps = {
  /** What is to be typed. */
  name: string;
  typed: string;
  onType: (typed: string) => void;
};

/** Asks for a name letter by letter, before what cannot be undone. */
export function TypedConfirmation({ name, typed, onType }: TypedConfirmationProps) {
  return (
    <Field label={`Type ${name} to confirm`}>
      {(described) => (
        <Input
          {...described}
          value={typed}
          onChange={(event) => onType(event.target.value)}
          autoComplete="off"
          spellCheck={false}
          autoFocus
        />
      )}
    </Field>
  );
}
