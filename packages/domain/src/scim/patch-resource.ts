import { attributePath, parsePath, type PatchPath } from './filter.ts';
import { type Complex, objectIn, readValue, type Resource } from './read-resource.ts';
import { patchMany } from './patch-many.ts';
import { patchComplex } from './patch-complex.ts';
import { type Attribute, attributeOf, type Schema } from './schema.ts';
import { wrong } from './scim-refusal.ts';

export type PatchOp = 'add' | 'replace' | 'remove';

/** As many as one request may hold. */
const operationsMax = 1_000;

/**
 * What a resource is after the operations of a PATCH (RFC 7644, section 3.5.2): all of them, or none where one is
 * refused. Only attributes that we know by name are ever written, so that no path leads anywhere else.
 */
export function patchResource(schema: Schema, before: Resource, body: unknown): Resource {
  const operations = operationsIn(body);
  let resource = before;
  for (const raw of operations) resource = apply(schema, resource, objectIn(raw, 'An operation'));
  const lost = schema.attributes.find(({ name, required }) => required && resource[name] === undefined);
  if (lost) throw wrong('mutability', `${lost.name} cannot be taken away`);
  return resource;
}

function operationsIn(body: unknown): unknown[] {
  const given = field(objectIn(body, 'The body'), 'operations');
  if (!Array.isArray(given) || given.length === 0) throw wrong('invalidSyntax', 'Send a list of Operations');
  if (given.length > operationsMax) throw wrong('tooMany', `More than ${operationsMax} operations at once: send fewer`);
  return given;
}

/** Capitals do not count in names. */
function field(object: Record<string, unknown>, name: string): unknown {
  return Object.entries(object).find(([key]) => key.toLowerCase() === name)?.[1];
}

function apply(schema: Schema, resource: Resource, operation: Record<string, unknown>): Resource {
  const op = opIn(field(operation, 'op'));
  const path = field(operation, 'path');
  const value = field(operation, 'value');
  if (path === undefined || path === null || path === '') return applyAll(schema, resource, { op, value });
  if (typeof path !== 'string') throw wrong('invalidPath', 'A path is a text such as emails[type eq "work"].value');
  const at = parsePath(path);
  const attribute = attributeOf(schema, at.attribute, at.urn);
  if (attribute === 'passed-over') return resource;
  if (attribute === undefined) throw wrong('invalidPath', `A ${schema.name} has no attribute ${at.attribute}`);
  if (attribute === 'ours' || attribute.ours) throw wrong('mutability', `${at.attribute} is told by Clawster alone`);
  return applyAt(attribute, resource, { op, at, value });
}

/** Without a path the value holds attributes by their names, dotted ones too. What Clawster tells itself is passed over. */
function applyAll(schema: Schema, before: Resource, { op, value }: { op: PatchOp; value: unknown }): Resource {
  if (op === 'remove') throw wrong('noTarget', 'Say by a path what is to be removed');
  let resource = before;
  for (const [name, one] of Object.entries(objectIn(value, 'The value of an operation without a path'))) {
    const at = attributePath(name) ?? parsePath(name);
    const attribute = attributeOf(schema, at.attribute, at.urn);
    if (typeof attribute !== 'object' || attribute.ours) continue;
    resource = applyAt(attribute, resource, { op, at, value: one });
  }
  return resource;
}

type Change = { op: PatchOp; at: PatchPath; value: unknown };

function applyAt(attribute: Attribute, resource: Resource, change: Change): Resource {
  const { name, type, manyMax } = attribute;
  const before = resource[name];
  if (manyMax !== undefined)
    return withValue(resource, name, patchMany(attribute, (before ?? []) as Complex[], change));
  if (change.at.where) throw wrong('invalidPath', `${name} has one value: leave the brackets out`);
  if (type === 'complex') return withValue(resource, name, patchComplex(attribute, (before ?? {}) as Complex, change));
  if (change.at.sub !== undefined) throw wrong('invalidPath', `${name} has no parts`);
  return withValue(resource, name, change.op === 'remove' ? undefined : readValue(attribute, change.value));
}

/** No values at all are none (RFC 7643, section 2.5). */
function withValue(resource: Resource, name: string, value: Resource[string] | undefined): Resource {
  const { [name]: _before, ...others } = resource;
  return value === undefined || (Array.isArray(value) && value.length === 0) ? others : { ...others, [name]: value };
}

function opIn(raw: unknown): PatchOp {
  const op = typeof raw === 'string' ? raw.toLowerCase() : '';
  if (op === 'add' || op === 'replace' || op === 'remove') return op;
  throw wrong('invalidSyntax', 'An operation is add, replace or remove');
}
