import type { ValueChange } from '@clawster/contract/configuration';
import type { Document, Json } from '@clawster/contract/document';
import canonicalize from 'canonicalize';
import { isObject } from './merge.ts';
import { showKeyPath } from '@clawster/contract/key-path';

/** The values that differ, each at its own path: an object is gone into, a list is one value. Both ways round, the same paths. */
export function changesBetween(before: Document, after: Document): ValueChange[] {
  const [below, above] = [leavesOf(before), leavesOf(after)];
  return [...new Set([...below.keys(), ...above.keys()])]
    .filter((path) => canonical(below.get(path)) !== canonical(above.get(path)))
    .map((path) => ({
      path,
      ...(below.has(path) ? { before: below.get(path) } : {}),
      ...(above.has(path) ? { after: above.get(path) } : {}),
    }));
}

/** Whatever the order of the keys: a database keeps another than a file. */
function canonical(value: Json | undefined): string | undefined {
  return value === undefined ? undefined : canonicalize(value);
}

function leavesOf(value: Json, path: string[] = [], leaves = new Map<string, Json>()): Map<string, Json> {
  const inner = isObject(value) ? Object.entries(value) : [];
  if (inner.length === 0 && path.length > 0) leaves.set(showKeyPath(path), value);
  for (const [key, one] of inner) leavesOf(one, [...path, key], leaves);
  return leaves;
}
