import type { JsonSchema } from '@clawster/contract/openclaw-schema';

type Definitions = Readonly<Record<string, unknown>>;

/** How deep one definition may lie in another; OpenClaw's are two deep. */
const depthMax = 16;

/**
 * A schema with each `#/$defs/…` replaced by what it names. OpenClaw puts the schemas of its plugins into its own as
 * they are, so such a reference means the nearest `$defs` around it, not the whole document's. Throws when one leads
 * nowhere, or into itself.
 */
export function dereference(schema: unknown): JsonSchema {
  return resolve(schema, {}, 0) as JsonSchema;
}

function resolve(node: unknown, around: Definitions, depth: number): unknown {
  if (Array.isArray(node)) return node.map((item) => resolve(item, around, depth));
  if (!isObject(node)) return node;
  if (typeof node['$ref'] === 'string') return resolveReference(node['$ref'], around, depth);
  const definitions = isObject(node['$defs']) ? node['$defs'] : around;
  const resolved: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(node))
    if (key !== '$defs') resolved[key] = resolve(value, definitions, depth);
  return resolved;
}

function resolveReference(reference: string, definitions: Definitions, depth: number): unknown {
  const name = /^#\/\$defs\/([^/]+)$/.exec(reference)?.[1];
  if (!name || !Object.hasOwn(definitions, name))
    throw new Error(`The schema's reference ${reference} leads nowhere. Record the schema anew`);
  if (depth >= depthMax)
    throw new Error(`The schema's reference ${reference} leads into itself, which is not provided for`);
  return resolve(definitions[name], definitions, depth + 1);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
