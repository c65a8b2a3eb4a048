import type { JsonSchema } from '@clawster/contract/openclaw-schema';
import type { Fault, Judge, Subject } from './fault.ts';

/** The rules for objects. */
export function judgeObject(schema: JsonSchema, subject: Subject, judge: Judge): Fault[] {
  const object = subject.value as Readonly<Record<string, unknown>>;
  const count = Object.keys(object).length;
  const faults: Fault[] = [];
  if (schema.minProperties !== undefined && count < schema.minProperties)
    faults.push({ ...subject, rule: 'minProperties', schema });
  if (schema.maxProperties !== undefined && count > schema.maxProperties)
    faults.push({ ...subject, rule: 'maxProperties', schema });
  for (const key of schema.required ?? [])
    if (!Object.hasOwn(object, key) && !hasDefault(schema, key))
      faults.push({ value: undefined, keys: [...subject.keys, key], rule: 'required', schema });
  for (const key of Object.keys(object)) {
    faults.push(...judgeKey(schema, { value: object[key], keys: [...subject.keys, key] }, judge));
    if (faults.length >= faultsEnough) break;
  }
  return faults;
}

/** OpenClaw fills defaults in before it looks, and names as required what it will have by then. */
function hasDefault({ properties }: JsonSchema, key: string): boolean {
  return properties !== undefined && Object.hasOwn(properties, key) && 'default' in (properties[key] ?? {});
}

/** The same is often wrong with all keys of an object. */
const faultsEnough = 30;

function judgeKey(schema: JsonSchema, subject: Subject, judge: Judge): Fault[] {
  const key = subject.keys.at(-1) as string;
  const { properties, propertyNames, additionalProperties } = schema;
  const faults: Fault[] = [];
  if (propertyNames) {
    const wrong = judge(propertyNames, { value: key, keys: subject.keys });
    if (wrong.length > 0) faults.push({ ...subject, rule: 'propertyNames', schema, branches: [wrong] });
  }
  const named = properties && Object.hasOwn(properties, key) ? properties[key] : undefined;
  const matching = Object.entries(schema.patternProperties ?? {})
    .filter(([pattern]) => new RegExp(pattern, 'u').test(key))
    .map(([, rule]) => rule);
  const rules = named ? [named, ...matching] : matching;
  if (rules.length > 0) return [...faults, ...rules.flatMap((rule) => judge(rule, subject))];
  if (additionalProperties === false) return [...faults, { ...subject, rule: 'additionalProperties', schema }];
  return typeof additionalProperties === 'object' ? [...faults, ...judge(additionalProperties, subject)] : faults;
}
