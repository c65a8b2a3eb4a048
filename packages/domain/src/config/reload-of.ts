import type { ConfigReload, ReloadKind, ReloadKinds } from '@clawster/contract/openclaw-schema';
import { isSame, jsonTypeOf } from './schema/json-value.ts';
import { showKeyPath } from '@clawster/contract/key-path';
import { reloadKindOf } from './reload-kind.ts';

const gravity: Record<ReloadKind, number> = { none: 0, hot: 1, restart: 2 };

/**
 * The paths in which two documents differ, and what each brings about; the gravest of them is what the change does.
 * A list is one value, as it is for OpenClaw. `none` without paths when the documents are equal.
 */
export function reloadOf(before: unknown, after: unknown, kinds: ReloadKinds): ConfigReload {
  const paths = changedPaths(before, after).map((keys) => ({
    path: showKeyPath(keys),
    kind: reloadKindOf(keys, kinds),
  }));
  const kind = paths.reduce<ReloadKind>(
    (gravest, path) => (gravity[path.kind] > gravity[gravest] ? path.kind : gravest),
    'none',
  );
  return { kind, paths };
}

/** Where two documents differ, down to single values, in the order of the keys' letters; an object without keys is a value. */
export function changedPaths(before: unknown, after: unknown): string[][] {
  return changesBelow(before, after, []);
}

function changesBelow(before: unknown, after: unknown, keys: readonly string[]): string[][] {
  if (isSame(before, after)) return [];
  const inner = [...new Set([...keysOf(before), ...keysOf(after)])].toSorted();
  const changes = inner.flatMap((key) => changesBelow(valueOf(before, key), valueOf(after, key), [...keys, key]));
  // A value that takes the place of an object changes itself and all that the object held.
  const isOfValue = isValue(before) || isValue(after);
  return isOfValue || changes.length === 0 ? [[...keys], ...changes] : changes;
}

function keysOf(value: unknown): string[] {
  return isObject(value) ? Object.keys(value) : [];
}

function valueOf(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== undefined && jsonTypeOf(value) === 'object';
}

/** Something, and no object. */
function isValue(value: unknown): boolean {
  return value !== undefined && !isObject(value);
}
