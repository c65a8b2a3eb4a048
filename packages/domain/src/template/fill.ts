import type { Document, Json } from '@clawster/contract/document';
import type { TemplateContent, TemplateVariable, VariableValue, VariableValues } from '@clawster/contract/template';
import type { SettingIssue } from '../config/settable.ts';
import { isObject } from '../config/merge.ts';

/** A template with its variables answered: a layer's settings. Where there are issues, they are not to be used. */
export type Filled = { settings: Document; issues: SettingIssue[] };

const reference = /\{\{\s*([A-Za-z][A-Za-z0-9]*)\s*\}\}/g;

/**
 * Puts the answers into a template's texts. A text that is nothing but one `{{variable}}` becomes the variable's own value,
 * so that a number stays a number. What was answered is taken as it is: `{{…}}` in it is text, and refers to nothing.
 */
export function fillTemplate({ variables, settings }: TemplateContent, answers: VariableValues): Filled {
  const { values, issues } = valuesOf(variables, answers);
  const unknown = new Set<string>();
  const fill = (value: Json): Json => {
    if (typeof value === 'string') return fillText(value, values, (name) => unknown.add(name));
    if (Array.isArray(value)) return value.map(fill);
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fill(inner)]));
  };
  const filled = fill(settings) as Document;
  const known = new Set(variables.map(({ name }) => name));
  const strangers = [...unknown].filter((name) => !known.has(name));
  return { settings: filled, issues: [...issues, ...strangers.map(noSuchVariable)] };
}

function noSuchVariable(name: string): SettingIssue {
  return {
    path: 'variables',
    message: `{{${name}}} is used and not among the template's variables: add it, or take it out`,
  };
}

function fillText(text: string, values: Map<string, VariableValue>, onUnknown: (name: string) => void): VariableValue {
  const valueOf = (name: string): VariableValue => {
    const value = values.get(name);
    if (value === undefined) onUnknown(name);
    return value ?? '';
  };
  const whole = new RegExp(`^${reference.source}$`).exec(text)?.[1];
  return whole ? valueOf(whole) : text.replaceAll(reference, (_, name: string) => String(valueOf(name)));
}

/** The value of each variable: as answered, or its default, in which other variables may stand. */
function valuesOf(variables: TemplateVariable[], answers: VariableValues) {
  const issues: SettingIssue[] = [];
  const values = new Map<string, VariableValue>();
  const byName = new Map(variables.map((variable) => [variable.name, variable]));
  for (const name of Object.keys(answers).filter((key) => !byName.has(key)))
    issues.push({ path: `variables.${name}`, message: `The template asks for no "${name}": leave it out` });
  const settle = (variable: TemplateVariable, asking: string[]): VariableValue | undefined => {
    const { name } = variable;
    if (values.has(name)) return values.get(name);
    if (asking.includes(name)) {
      issues.push({
        path: `variables.${name}`,
        message: `${[...asking, name].join(' → ')}: defaults that lead back to themselves have no value`,
      });
      return undefined;
    }
    const value = Object.hasOwn(answers, name) ? answers[name] : defaultOf(variable, [...asking, name]);
    const issue = whyNotValue(variable, value);
    if (issue && !issues.some(({ path }) => path === `variables.${name}`))
      issues.push({ path: `variables.${name}`, message: issue });
    if (value !== undefined) values.set(name, value);
    return value;
  };
  const defaultOf = (variable: TemplateVariable, asking: string[]): VariableValue | undefined => {
    if (typeof variable.default !== 'string') return variable.default;
    for (const [, name = ''] of variable.default.matchAll(reference)) {
      const other = byName.get(name);
      if (other) settle(other, asking);
    }
    return fillText(variable.default, values, () => {});
  };
  for (const variable of variables) settle(variable, []);
  return { values, issues };
}

function whyNotValue({ label, kind, choices }: TemplateVariable, value: VariableValue | undefined): string | undefined {
  if (value === undefined || value === '') return `${label}: the template needs an answer`;
  if (kind === 'choice')
    return choices?.includes(String(value)) ? undefined : `${label}: choose ${(choices ?? []).join(', ')}`;
  const type = { text: 'string', number: 'number', boolean: 'boolean' }[kind];
  const word = { text: 'a text', number: 'a number', boolean: 'yes or no' }[kind];
  return typeof value === type ? undefined : `${label}: answer with ${word}`;
}

/** What is wrong with a template before anyone uses it: two variables of one name, choices that are missing, cycles, strangers. */
export function whyNotTemplate(content: TemplateContent): SettingIssue[] {
  const names = content.variables.map(({ name }) => name);
  const twice = names.filter((name, at) => names.indexOf(name) !== at);
  const doubled = twice.map((name) => ({
    path: `variables.${name}`,
    message: `There are two variables named ${name}`,
  }));
  const choiceless = content.variables
    .filter(({ kind, choices }) => kind === 'choice' && !choices)
    .map(({ name, label }) => ({ path: `variables.${name}`, message: `${label}: say what can be chosen` }));
  return [...doubled, ...choiceless, ...fillTemplate(content, sampleAnswers(content)).issues];
}

/** An answer to each variable that has no default, to try a template with. */
export function sampleAnswers({ variables }: TemplateContent): VariableValues {
  return Object.fromEntries(
    variables
      .filter((variable) => variable.default === undefined)
      .map((variable) => [variable.name, sampleOf(variable)]),
  );
}

function sampleOf({ kind, label, choices }: TemplateVariable): VariableValue {
  if (kind === 'choice') return choices?.[0] ?? 'choice';
  return { text: label, number: 1, boolean: true }[kind];
}
