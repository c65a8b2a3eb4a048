import { Selector } from '@clawster/contract/label';
import { CodeArea } from '../../ui/code-area.tsx';
import { Field, Input } from '../../ui/field.tsx';

type TextProps = { value: string; error: string | undefined; onChange: (text: string) => void };

/** Labels as one writes them, and what is wrong with them. */
export function whyNotLabels(text: string): string | undefined {
  if (text.trim() === '') return undefined;
  return Selector.safeParse(text.trim()).error?.issues[0]?.message;
}

/** `team=support,env=live`. */
export function labelsText(labels: Record<string, string> | undefined): string {
  return Object.entries(labels ?? {})
    .map((pair) => pair.join('='))
    .join(',');
}

export function LabelsField({ value, error, onChange, hint }: TextProps & { hint: string }) {
  return (
    <Field label="Bots with the labels" error={whyNotLabels(value) ?? error} hint={hint}>
      {(described) => (
        <Input
          {...described}
          value={value}
          placeholder="team=support,env=live"
          spellCheck={false}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

export function PriorityField({ value, error, onChange }: Omit<TextProps, 'value' | 'onChange'> & NumberProps) {
  return (
    <Field label="Priority" error={error} hint="0 to 1,000; of two layers of one kind, the higher is above.">
      {(described) => (
        <Input
          {...described}
          type="number"
          min={0}
          max={1_000}
          className="max-w-32"
          value={value}
          onChange={(event) => onChange(Number(event.target.value))}
        />
      )}
    </Field>
  );
}
type NumberProps = { value: number; onChange: (value: number) => void };

/** Paths that no layer above may change: a line for each. */
export function LockedField({ value, error, onChange }: TextProps) {
  return (
    <Field
      label="Locked"
      error={error}
      hint="Paths that no layer above may change, a line for each, such as openclaw.tools.allow."
    >
      {(described) => <CodeArea {...described} value={value} onChange={(event) => onChange(event.target.value)} />}
    </Field>
  );
}
