import type { JsonSchema, JsonType } from '@clawster/contract/openclaw-schema';

/** The type of a value of JSON; a whole number is an `integer`. */
export function jsonTypeOf(value: unknown): JsonType {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  if (typeof value === 'boolean' || typeof value === 'string') return typeof value as 'boolean' | 'string';
  return 'object';
}

/** The types a schema names at its own level. */
export function typesOf({ type }: JsonSchema): readonly JsonType[] {
  if (type === undefined) return [];
  return typeof type === 'string' ? [type] : type;
}

export function isOfType(value: unknown, type: JsonType): boolean {
  const found = jsonTypeOf(value);
  return found === type || (type === 'number' && found === 'integer');
}

/** Types as people call them: `a text or an object`. */
export function sayTypes(types: readonly JsonType[], article: 'a' | '' = 'a'): string {
  const words = [...new Set(types)].map((type) => (article === 'a' ? withArticle[type] : bare[type]));
  return sayOneOf(words);
}

/** `a`, `a or b`, `a, b or c`. */
export function sayOneOf(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} or ${last}`;
}

const bare: Record<JsonType, string> = {
  null: 'null',
  boolean: 'true or false',
  integer: 'whole number',
  number: 'number',
  string: 'text',
  array: 'list',
  object: 'object',
};

const withArticle: Record<JsonType, string> = {
  null: 'null',
  boolean: 'true or false',
  integer: 'a whole number',
  number: 'a number',
  string: 'a text',
  array: 'a list',
  object: 'an object',
};

/** Whether two values of JSON are the same; the order of keys does not count. */
export function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && isSame(valueOf(one, key), valueOf(other, key)))
  );
}

function valueOf(object: object, key: string): unknown {
  return (object as Record<string, unknown>)[key];
}
