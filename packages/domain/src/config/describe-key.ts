import type { JsonSchema, KeyDescription, OpenclawSchema } from '@clawster/contract/openclaw-schema';
import { sayTypes, typesOf } from './schema/json-value.ts';
import { showKeyPath } from '@clawster/contract/key-path';
import { reloadKindOf } from './reload-kind.ts';
import { formsOf, keysOf, schemasAt } from './schema/schema-keys.ts';
import { wordsOf } from './tell-unions.ts';

/** What a version of OpenClaw says of a key, or undefined when it knows no such key. `*` stands for any that is free. */
export function describeKey(keys: readonly string[], schema: OpenclawSchema): KeyDescription | undefined {
  const schemas = schemasAt(schema.root, keys);
  const forms = schemas.flatMap(formsOf);
  if (schemas.length === 0) return undefined;
  const types = [...new Set(forms.flatMap(typesOf))];
  const words = [...new Set(forms.flatMap(wordsOf))];
  const first = <key extends keyof JsonSchema>(key: key) => forms.find((form) => form[key] !== undefined)?.[key];
  const title = first('title');
  const description = first('description');
  const initial = first('default');
  return {
    path: showKeyPath(keys),
    type: sayTypes(types, ''),
    types,
    ...(title ? { title } : {}),
    ...(description ? { description } : {}),
    ...(words.length > 0 ? { enum: words } : {}),
    ...(initial === undefined ? {} : { default: initial }),
    reloadKind: reloadKindOf(keys, schema.reloadKinds),
  };
}

/** The keys right under a path, in OpenClaw's order; `*` last where others are free. None where it knows no keys. */
export function keysUnder(keys: readonly string[], schema: OpenclawSchema): KeyDescription[] {
  const names = new Set(schemasAt(schema.root, keys).flatMap(keysOf));
  // A free key is told after those with a name, whichever branch had it first.
  const ordered = [...names].filter((key) => key !== '*').concat(names.has('*') ? ['*'] : []);
  return ordered.flatMap((key) => describeKey([...keys, key], schema) ?? []);
}
