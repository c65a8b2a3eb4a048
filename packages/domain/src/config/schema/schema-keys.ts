import type { JsonSchema } from '@clawster/contract/openclaw-schema';

/** A schema and all it is made of at the same place: the branches of its unions, and theirs. */
export function formsOf(schema: JsonSchema): JsonSchema[] {
  const parts = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])];
  return [schema, ...parts.flatMap(formsOf)];
}

/** The keys that a schema names at its own level, in its order, whichever branch has them; `*` when others are allowed too. */
export function keysOf(schema: JsonSchema): string[] {
  const forms = formsOf(schema);
  const named = forms.flatMap(({ properties }) => Object.keys(properties ?? {}));
  return [...new Set(forms.some((form) => othersOf(form).length > 0) ? [...named, '*'] : named)];
}

/** What the schema says about a key; several when its branches differ, none when no branch knows it. */
export function childrenOf(schema: JsonSchema, key: string): JsonSchema[] {
  const forms = formsOf(schema);
  const named = forms.flatMap(({ properties }) =>
    properties && Object.hasOwn(properties, key) ? [properties[key] as JsonSchema] : [],
  );
  return named.length > 0 ? named : forms.flatMap(othersOf);
}

/** What the schema says about the keys along a path. */
export function schemasAt(root: JsonSchema, keys: readonly string[]): JsonSchema[] {
  return keys.reduce<JsonSchema[]>((schemas, key) => schemas.flatMap((schema) => childrenOf(schema, key)), [root]);
}

/** Every path that the schema can tell, with `*` for a key that is free, parents before children. */
export function pathsOf(root: JsonSchema): string[][] {
  const paths: string[][] = [];
  let level: { keys: string[]; schemas: JsonSchema[] }[] = [{ keys: [], schemas: [root] }];
  while (level.length > 0) {
    paths.push(...level.map(({ keys }) => keys));
    level = level.flatMap(({ keys, schemas }) =>
      [...new Set(schemas.flatMap(keysOf))].map((key) => ({
        keys: [...keys, key],
        schemas: schemas.flatMap((schema) => childrenOf(schema, key)),
      })),
    );
  }
  return paths;
}

/** What stands under keys without a name, and in a list. */
function othersOf({ additionalProperties, patternProperties, items }: JsonSchema): JsonSchema[] {
  return [
    ...(typeof additionalProperties === 'object' ? [additionalProperties] : []),
    ...Object.values(patternProperties ?? {}),
    ...(isList(items) ? items : items ? [items] : []),
  ];
}

function isList(items: JsonSchema['items']): items is readonly JsonSchema[] {
  return Array.isArray(items);
}
