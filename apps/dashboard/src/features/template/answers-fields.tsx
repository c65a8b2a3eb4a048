import type { TemplateVariable, VariableValue, VariableValues } from '@clawster/contract/template';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Field, Input, Select } from '../../ui/field.tsx';

type AnswersFieldsProps = {
  variables: TemplateVariable[];
  answers: VariableValues;
  /** What is wrong with an answer, by the name of the variable. */
  issueOf: (name: string) => string | undefined;
  onChange: (answers: VariableValues) => void;
};

/** A template's questions, as a form. What is not answered has its usual answer. */
export function AnswersFields({ variables, answers, issueOf, onChange }: AnswersFieldsProps) {
  const answer = (name: string, value: VariableValue | undefined) => {
    const { [name]: _, ...others } = answers;
    onChange(value === undefined ? others : { ...others, [name]: value });
  };
  return variables.map((variable) => (
    <AnswerField
      key={variable.name}
      variable={variable}
      value={answers[variable.name]}
      issue={issueOf(variable.name)}
      onChange={(value) => answer(variable.name, value)}
    />
  ));
}

type AnswerFieldProps = {
  variable: TemplateVariable;
  value: VariableValue | undefined;
  issue: string | undefined;
  onChange: (value: VariableValue | undefined) => void;
};

function AnswerField({ variable, value, issue, onChange }: AnswerFieldProps) {
  const { label, help, kind, choices = [], default: usual } = variable;
  if (kind === 'boolean')
    return (
      <Checkbox checked={(value ?? usual) === true} onChange={onChange}>
        {label}
        {help ? <span className="block text-xs text-muted">{help}</span> : null}
      </Checkbox>
    );
  return (
    <Field label={label} hint={help} error={issue}>
      {(described) =>
        kind === 'choice' ? (
          <Select
            {...described}
            value={String(value ?? usual ?? '')}
            onChange={(event) => onChange(event.target.value || undefined)}
          >
            {usual === undefined ? <option value="">Choose…</option> : null}
            {choices.map((choice) => (
              <option key={choice}>{choice}</option>
            ))}
          </Select>
        ) : (
          <Input
            {...described}
            type={kind === 'number' ? 'number' : 'text'}
            maxLength={2_000}
            value={value === undefined ? '' : String(value)}
            placeholder={usual === undefined ? undefined : String(usual)}
            onChange={(event) => onChange(read(kind, event.target.value))}
          />
        )
      }
    </Field>
  );
}

function read(kind: TemplateVariable['kind'], text: string): VariableValue | undefined {
  if (text === '') return undefined;
  return kind === 'number' ? Number(text) : text;
}
