import type { JsonSchema } from '@clawster/contract/openclaw-schema';
import type { Fault, Subject } from './fault.ts';

/** The rules for texts. A letter is one, however many bytes it takes. */
export function judgeString(schema: JsonSchema, subject: Subject): Fault[] {
  const text = subject.value as string;
  const broken: (keyof JsonSchema)[] = [];
  if (schema.minLength !== undefined && lengthOf(text) < schema.minLength) broken.push('minLength');
  if (schema.maxLength !== undefined && lengthOf(text) > schema.maxLength) broken.push('maxLength');
  // One that is too long is not held against a pattern as well, which may take long.
  else if (schema.pattern !== undefined && !matches(text, schema.pattern)) broken.push('pattern');
  // Other formats are remarks: OpenClaw does not hold a value to them, except where a pattern says so too.
  if (schema.format === 'uri' && !URL.canParse(text)) broken.push('format');
  return broken.map((rule) => ({ ...subject, rule, schema }));
}

/** The rules for numbers. */
export function judgeNumber(schema: JsonSchema, subject: Subject): Fault[] {
  const number = subject.value as number;
  const broken: (keyof JsonSchema)[] = [];
  if (schema.minimum !== undefined && number < schema.minimum) broken.push('minimum');
  if (schema.maximum !== undefined && number > schema.maximum) broken.push('maximum');
  if (schema.exclusiveMinimum !== undefined && number <= schema.exclusiveMinimum) broken.push('exclusiveMinimum');
  if (schema.exclusiveMaximum !== undefined && number >= schema.exclusiveMaximum) broken.push('exclusiveMaximum');
  return broken.map((rule) => ({ ...subject, rule, schema }));
}

function lengthOf(text: string): number {
  return Array.from(text).length;
}

/**
 * Some of OpenClaw's patterns take time by the square of a text's length: Discord's wake names 0.75 s for 20,000 spaces.
 * Whole names and ids are never longer than this; of a longer text, only how it begins is held against a pattern.
 */
const patternLengthMax = 1_000;

function matches(text: string, pattern: string): boolean {
  if (text.length <= patternLengthMax) return patternOf(pattern).test(text);
  return !pattern.endsWith('$') && patternOf(pattern).test(text.slice(0, patternLengthMax));
}

const patterns = new Map<string, RegExp>();

function patternOf(pattern: string): RegExp {
  const known = patterns.get(pattern);
  if (known) return known;
  const made = new RegExp(pattern, 'u');
  patterns.set(pattern, made);
  return made;
}
