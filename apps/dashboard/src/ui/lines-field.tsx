import { useState } from 'react';
import { Field, Textarea } from './field.tsx';

type LinesFieldProps = {
  label: string;
  hint: string;
  error?: string | undefined;
  lines: readonly string[];
  onChange: (lines: string[]) => void;
};

/** Several short texts, a line for each. */
export function LinesField({ label, hint, error, lines, onChange }: LinesFieldProps) {
  const [text, setText] = useState(() => lines.join('\n'));
  return (
    <Field label={label} hint={hint} error={error}>
      {(described) => (
        <Textarea
          {...described}
          rows={3}
          value={text}
          spellCheck={false}
          onChange={({ target }) => {
            setText(target.value);
            onChange(
              target.value
                .split('\n')
                .map((line) => line.trim())
                .filter(Boolean),
            );
          }}
        />
      )}
    </Field>
  );
}
