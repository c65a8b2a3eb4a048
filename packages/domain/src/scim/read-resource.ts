import { type Attribute, attributeOf, type Schema } from './schema.ts';
import { attributePath } from './filter.ts';
import { wrong } from './scim-refusal.ts';

export type Complex = Record<string, string | boolean>;
export type Value = string | boolean | Complex | Complex[];
/** What a directory says of somebody or of a group, by our own names of attributes alone. */
export type Resource = Record<string, Value>;

/** What a text may be long. */
const textMax = 1_000;

/** A whole resource as a directory sends it: what we do not keep, or tell ourselves, is passed over. */
export function readResource(schema: Schema, body: unknown): Resource {
  const resource: Resource = {};
  for (const [name, raw] of Object.entries(objectIn(body, 'The body'))) {
    const path = attributePath(name);
    const attribute = path && attributeOf(schema, path.attribute, path.urn);
    if (typeof attribute !== 'object' || attribute.ours || path?.sub !== undefined) continue;
    const value = readValue(attribute, raw);
    if (value !== undefined && !(Array.isArray(value) && value.length === 0)) resource[attribute.name] = value;
  }
  return resource;
}

/** A value as an attribute has it; undefined where it says that there is none. */
export function readValue(attribute: Attribute, raw: unknown): Value | undefined {
  if (attribute.manyMax !== undefined) return readMany(attribute, raw);
  if (raw === null || raw === undefined) return undefined;
  if (attribute.type === 'complex') return readComplex(attribute, raw);
  return readOne(attribute, raw);
}

/** One text or truth; an empty text is none. */
export function readOne(attribute: Attribute, raw: unknown): string | boolean | undefined {
  if (raw === null || raw === undefined) return undefined;
  return attribute.type === 'boolean' ? readTruth(attribute, raw) : readText(attribute, raw);
}

/** Entra ID writes truths as texts. */
function readTruth({ name }: Attribute, raw: unknown): boolean {
  const word = typeof raw === 'string' ? raw.toLowerCase() : raw;
  if (word === true || word === 'true') return true;
  if (word === false || word === 'false') return false;
  throw wrong('invalidValue', `${name} is true or false`);
}

function readText({ name }: Attribute, raw: unknown): string | undefined {
  if (typeof raw !== 'string') throw wrong('invalidValue', `${name} is a text`);
  if (raw.length > textMax) throw wrong('invalidValue', `${name} is longer than ${textMax} characters`);
  if (raw.includes('\0') || !raw.isWellFormed())
    throw wrong('invalidValue', `${name} holds characters that are no text (U+0000, or half of a surrogate pair)`);
  return raw.trim() === '' ? undefined : raw;
}

/** The parts that are named, and no others. */
export function readComplex(attribute: Attribute, raw: unknown): Complex {
  const given = new Map(
    Object.entries(objectIn(raw, attribute.name)).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const complex: Complex = {};
  for (const part of attribute.parts ?? []) {
    const value = part.ours ? undefined : readOne(part, given.get(part.name.toLowerCase()));
    if (value !== undefined) complex[part.name] = value;
  }
  return complex;
}

/** Each value once, the first that is said to be primary alone so; one value may stand without a list, and without its name. */
function readMany(attribute: Attribute, raw: unknown): Complex[] {
  const { name, manyMax = 0 } = attribute;
  const given = raw === null || raw === undefined ? [] : Array.isArray(raw) ? raw : [raw];
  if (given.length > manyMax) throw wrong('tooMany', `At most ${manyMax} ${name} are kept: send fewer`);
  return each(
    attribute,
    given.map((one: unknown) => readComplex(attribute, typeof one === 'string' ? { value: one } : one)),
  );
}

/** Leaves out what has no value, and what is there already; of several that are primary, the first stays so. */
export function each(attribute: Attribute, values: Complex[]): Complex[] {
  const known = new Set<string>();
  let hasPrimary = false;
  return values.flatMap((one) => {
    const key = keyOf(attribute, one);
    if (key === undefined || known.has(key)) return [];
    known.add(key);
    if (one['primary'] !== true) return [one];
    const isSecond = hasPrimary;
    hasPrimary = true;
    return [isSecond ? { ...one, primary: false } : one];
  });
}

/** What tells two values of an attribute apart. */
export function keyOf({ parts }: Attribute, { value, type }: Complex): string | undefined {
  if (typeof value !== 'string') return undefined;
  const isExact = parts?.find(({ name }) => name === 'value')?.exact;
  return isExact ? value : `${value.toLowerCase()} ${String(type ?? '').toLowerCase()}`;
}

export function objectIn(value: unknown, what: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw wrong('invalidSyntax', `${what} must be a JSON object`);
}
