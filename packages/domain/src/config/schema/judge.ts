import type { JsonSchema } from '@clawster/contract/openclaw-schema';
import type { Fault, Subject } from './fault.ts';
import { judgeArray } from './judge-array.ts';
import { judgeObject } from './judge-object.ts';
import { judgeNumber, judgeString } from './judge-scalar.ts';
import { isOfType, isSame, jsonTypeOf, typesOf } from './json-value.ts';

/** Enough to tell which branch of a union was meant; more would only cost time. */
const faultsMax = 50;

/**
 * All rules of the schema that the value breaks, up to a sensible number. By our own hand: compiled by ajv, OpenClaw's
 * schema takes 3.3 s and 260 MB; walked like this it takes nothing, and the faults keep the shape of its unions, from
 * which one sentence can be made. The test compares its verdicts with ajv's.
 */
export function judge(schema: JsonSchema, subject: Subject): Fault[] {
  const faults = [
    ...judgeValue(schema, subject),
    ...(schema.allOf ?? []).flatMap((part) => judge(part, subject)),
    ...judgeUnion(schema, subject),
    ...judgeCondition(schema, subject),
  ];
  return faults.length > faultsMax ? faults.slice(0, faultsMax) : faults;
}

function judgeValue(schema: JsonSchema, subject: Subject): Fault[] {
  const rule = unfitRule(schema, subject.value);
  // With a wrong type all other rules are beside the point.
  if (rule) return [{ ...subject, rule, schema }];
  if (typeof subject.value === 'string') return judgeString(schema, subject);
  if (typeof subject.value === 'number') return judgeNumber(schema, subject);
  if (Array.isArray(subject.value)) return judgeArray(schema, subject, judge);
  return jsonTypeOf(subject.value) === 'object' ? judgeObject(schema, subject, judge) : [];
}

function unfitRule(schema: JsonSchema, value: unknown): 'type' | 'const' | 'enum' | undefined {
  const types = typesOf(schema);
  if (types.length > 0 && !types.some((type) => isOfType(value, type))) return 'type';
  if ('const' in schema && !isSame(value, schema.const)) return 'const';
  return schema.enum && !schema.enum.some((one) => isSame(value, one)) ? 'enum' : undefined;
}

function judgeUnion(schema: JsonSchema, subject: Subject): Fault[] {
  return (['anyOf', 'oneOf'] as const).flatMap((rule) => {
    const forms = schema[rule];
    if (!forms) return [];
    const branches = forms.map((form) => judge(form, subject));
    const fitting = branches.filter((faults) => faults.length === 0).length;
    if (fitting === 0) return [{ ...subject, rule, schema, branches }];
    return rule === 'oneOf' && fitting > 1 ? [{ ...subject, rule, schema, branches: [] }] : [];
  });
}

function judgeCondition(schema: JsonSchema, subject: Subject): Fault[] {
  const faults: Fault[] = [];
  if (schema.not && judge(schema.not, subject).length === 0) faults.push({ ...subject, rule: 'not', schema });
  if (!schema.if) return faults;
  const then = judge(schema.if, subject).length === 0 ? schema.then : schema.else;
  return then ? [...faults, ...judge(then, subject)] : faults;
}
