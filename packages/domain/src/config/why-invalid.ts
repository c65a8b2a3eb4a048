import type { ConfigIssue, OpenclawSchema } from '@clawster/contract/openclaw-schema';
import type { Fault } from './schema/fault.ts';
import { withHostExamples } from './host-values.ts';
import { judge } from './schema/judge.ts';
import { jsonTypeOf, sayTypes } from './schema/json-value.ts';
import { showKeyPath } from '@clawster/contract/key-path';
import { nearestOf } from './nearest.ts';
import { whyNotDocument } from '@clawster/contract/plain-document';
import { sayDemand, sayForm, shorten } from './say-demand.ts';
import { tellUnions, wordsOf } from './tell-unions.ts';

/** More would not be read. */
export const issuesMax = 20;
const knownKeysShownMax = 10;

/**
 * What is wrong with a document for a version of OpenClaw, in sentences that say what to do; none when it is valid.
 * Placeholders are judged as a host would fill them in. No sentence quotes a value, which may be a secret.
 */
export function whyInvalid(document: unknown, schema: OpenclawSchema): ConfigIssue[] {
  const unfit = whyNotDocument(document);
  if (unfit) return [unfit];
  const { filled, issues } = withHostExamples(document);
  const faults = tellUnions(judge(schema.root, { value: filled, keys: [] }));
  const all = [...issues, ...faults.map((fault) => tell(fault, schema.version))];
  const told = new Map(all.map((issue) => [`${issue.path}\n${issue.message}`, issue]));
  return [...told.values()].slice(0, issuesMax);
}

function tell(fault: Fault, version: string): ConfigIssue {
  const path = shorten(showKeyPath(fault.keys), 300);
  const { rule } = fault;
  if (rule === 'additionalProperties') return { path, code: 'unknown-key', ...tellUnknownKey(fault, version) };
  if (rule === 'required') return { path, code: 'missing-key', message: `This key is missing. ${whatToWrite(fault)}` };
  if (rule === 'propertyNames') return { path, ...tellName(fault, version) };
  if (rule !== 'type') return { path, code: 'value', ...tellValue(fault) };
  return { path, code: 'type', message: `This ${sayDemand(fault)}, and is ${found(fault)}.${quotationMarks(fault)}` };
}

function tellUnknownKey({ keys, schema }: Fault, version: string): Pick<ConfigIssue, 'message' | 'nearest'> {
  const known = Object.keys(schema.properties ?? {});
  const nearest = nearestOf(keys.at(-1) ?? '', known);
  const what = `OpenClaw ${version} knows no such key.`;
  if (nearest) return { message: `${what} Did you mean "${nearest}"?`, nearest };
  if (known.length === 0 || known.length > knownKeysShownMax) return { message: `${what} Remove it.` };
  return { message: `${what} Remove it; known here: ${known.join(', ')}.` };
}

/** A key that is free, but not in what it is called. */
function tellName(fault: Fault, version: string): Omit<ConfigIssue, 'path'> {
  const [wrong] = tellUnions(fault.branches?.[0] ?? []);
  if (!wrong) return { code: 'value', message: 'This cannot be a key here. Remove it.' };
  const known = wordsOf(wrong.schema).map(String);
  if (known.length === 0) return { code: 'value', message: `This cannot be a key here: it ${sayDemand(wrong)}.` };
  const properties = Object.fromEntries(known.map((key) => [key, {}]));
  return { code: 'unknown-key', ...tellUnknownKey({ ...fault, schema: { properties } }, version) };
}

function tellValue(fault: Fault): Pick<ConfigIssue, 'message' | 'nearest'> {
  const words = wordsOf(fault.schema).filter((word) => typeof word === 'string');
  const nearest = typeof fault.value === 'string' ? nearestOf(fault.value, words) : undefined;
  const message = `This ${sayDemand(fault)}.`;
  return nearest && words.length > 1 ? { message: `${message} Did you mean "${nearest}"?`, nearest } : { message };
}

function whatToWrite({ keys, schema }: Fault): string {
  const wanted = schema.properties?.[keys.at(-1) ?? ''];
  const form = wanted && (wordsOf(wanted).length > 0 || wanted.type !== undefined) ? sayForm(wanted) : 'it';
  return form === 'it' ? 'Add it.' : `Add it, as ${form}.`;
}

function found({ value }: Fault): string {
  const type = jsonTypeOf(value);
  return type === 'boolean' ? String(value) : sayTypes([type]);
}

/** The most frequent slip of all: a number or a yes in quotation marks, or a text without. */
function quotationMarks({ value, schema }: Fault): string {
  const types: readonly unknown[] = [schema.type].flat();
  if (typeof value === 'string') {
    const isNumber = /^-?\d+(\.\d+)?$/.test(value) && (types.includes('number') || types.includes('integer'));
    const isAnswer = /^(true|false)$/.test(value) && types.includes('boolean');
    return isNumber || isAnswer ? ' Write it without quotation marks.' : '';
  }
  return typeof value === 'number' && types.includes('string') ? ' Write it in quotation marks.' : '';
}
