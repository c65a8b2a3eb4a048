import type { JsonSchema } from '@clawster/contract/openclaw-schema';
import canonicalize from 'canonicalize';
import type { Fault, Judge, Subject } from './fault.ts';

/** The rules for lists. */
export function judgeArray(schema: JsonSchema, subject: Subject, judge: Judge): Fault[] {
  const list = subject.value as readonly unknown[];
  const broken: (keyof JsonSchema)[] = [];
  if (schema.minItems !== undefined && list.length < schema.minItems) broken.push('minItems');
  if (schema.maxItems !== undefined && list.length > schema.maxItems) broken.push('maxItems');
  if (schema.uniqueItems && hasTwice(list)) broken.push('uniqueItems');
  const own = broken.map((rule): Fault => ({ ...subject, rule, schema }));
  return [...own, ...judgeItems(schema, subject, judge)];
}

/** Stops soon after the first faults: the same is often wrong with all items of a list. */
function judgeItems(schema: JsonSchema, { value, keys }: Subject, judge: Judge): Fault[] {
  const faults: Fault[] = [];
  for (const [index, item] of (value as readonly unknown[]).entries()) {
    const rule = itemRule(schema, index);
    const subject = { value: item, keys: [...keys, String(index)] };
    if (rule === false) faults.push({ ...subject, rule: 'additionalItems', schema });
    else if (typeof rule === 'object') faults.push(...judge(rule, subject));
    if (faults.length >= faultsEnough) break;
  }
  return faults;
}

const faultsEnough = 30;

function itemRule({ items, additionalItems }: JsonSchema, index: number): JsonSchema | boolean | undefined {
  if (items === undefined || !isTuple(items)) return items;
  return index < items.length ? items[index] : additionalItems;
}

function isTuple(items: JsonSchema | readonly JsonSchema[]): items is readonly JsonSchema[] {
  return Array.isArray(items);
}

function hasTwice(list: readonly unknown[]): boolean {
  return new Set(list.map((item) => canonicalize(item))).size < list.length;
}
