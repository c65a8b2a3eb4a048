import type { TemplateVariable, VariableValue } from '@clawster/contract/template';
import { Plus, Trash2 } from 'lucide-react';
import { Button, IconButton } from '../../ui/button.tsx';
import { Field, Input, Select } from '../../ui/field.tsx';

type VariablesFieldProps = { variables: TemplateVariable[]; onChange: (variables: TemplateVariable[]) => void };

/** What a template asks of whoever makes a bot from it; `{{name}}` in its texts stands for the answer. */
export function VariablesField({ variables, onChange }: VariablesFieldProps) {
  const set = (at: number, variable: TemplateVariable) =>
    onChange(variables.map((other, index) => (index === at ? variable : other)));
  return (
    <div className="space-y-3">
      <p className="text-sm text-muted">
        Write <code className="font-mono text-xs">{'{{company}}'}</code> in a text where the answer goes.
      </p>
      {variables.map((variable, at) => (
        <fieldset key={at} className="space-y-2 rounded-md border border-line p-3">
          <legend className="sr-only">Question {at + 1}</legend>
          <VariableFields variable={variable} onChange={(next) => set(at, next)} />
          <div className="flex justify-end">
            <IconButton
              label={`Delete question ${at + 1}`}
              onClick={() => onChange(variables.filter((_, index) => index !== at))}
            >
              <Trash2 />
            </IconButton>
          </div>
        </fieldset>
      ))}
      <Button icon={<Plus />} onClick={() => onChange([...variables, { name: '', label: '', kind: 'text' }])}>
        Add a question
      </Button>
    </div>
  );
}

const kinds: Record<TemplateVariable['kind'], string> = {
  text: 'a text',
  number: 'a number',
  boolean: 'yes or no',
  choice: 'one of several',
};

function VariableFields({
  variable,
  onChange,
}: {
  variable: TemplateVariable;
  onChange: (v: TemplateVariable) => void;
}) {
  const { name, label, kind, choices, default: usual } = variable;
  return (
    <div className="grid gap-2 sm:grid-cols-2">
      <Field label="Question">
        {(described) => (
          <Input
            {...described}
            value={label}
            maxLength={100}
            placeholder="Company"
            onChange={(event) => onChange({ ...variable, label: event.target.value })}
          />
        )}
      </Field>
      <Field label="Name in texts">
        {(described) => (
          <Input
            {...described}
            value={name}
            maxLength={40}
            placeholder="company"
            spellCheck={false}
            onChange={(event) => onChange({ ...variable, name: event.target.value })}
          />
        )}
      </Field>
      <Field label="Answer is">
        {(described) => (
          <Select
            {...described}
            value={kind}
            onChange={(event) => onChange(ofKind(variable, event.target.value as TemplateVariable['kind']))}
          >
            {Object.entries(kinds).map(([value, word]) => (
              <option key={value} value={value}>
                {word}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label="Usual answer" hint="Empty: it must be answered.">
        {(described) => (
          <Input
            {...described}
            value={usual === undefined ? '' : String(usual)}
            placeholder={kind === 'boolean' ? 'true or false' : undefined}
            onChange={(event) => onChange(withDefault(variable, event.target.value))}
          />
        )}
      </Field>
      {kind === 'choice' ? (
        <Field label="Choices" hint="With commas between." className="sm:col-span-2">
          {(described) => (
            <Input
              {...described}
              defaultValue={(choices ?? []).join(', ')}
              onChange={(event) => onChange({ ...variable, choices: listOf(event.target.value) })}
            />
          )}
        </Field>
      ) : null}
    </div>
  );
}

function listOf(text: string): string[] {
  return text
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean);
}

/** Another kind has other answers: the usual one is to be said anew. */
function ofKind({ name, label, help, choices }: TemplateVariable, kind: TemplateVariable['kind']): TemplateVariable {
  return { name, label, kind, ...(help ? { help } : {}), ...(kind === 'choice' ? { choices: choices ?? [] } : {}) };
}

function withDefault(variable: TemplateVariable, text: string): TemplateVariable {
  const { default: usual, ...others } = variable;
  if (text === '') return others;
  return String(usual) === text ? variable : { ...others, default: valueOf(variable.kind, text) };
}

/** What cannot be read as its kind stays the text, and is refused as that. */
function valueOf(kind: TemplateVariable['kind'], text: string): VariableValue {
  if (kind === 'number' && text.trim() !== '' && !Number.isNaN(Number(text))) return Number(text);
  if (kind === 'boolean' && /^(true|false)$/.test(text)) return text === 'true';
  return text;
}
