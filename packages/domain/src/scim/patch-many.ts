import type { Filter, PatchPath } from './filter.ts';
import { matches } from './matches.ts';
import { type Complex, each, keyOf, readValue } from './read-resource.ts';
import { knownPart, patchComplex } from './patch-complex.ts';
import { type Attribute, partOf } from './schema.ts';
import { wrong } from './scim-refusal.ts';
import type { PatchOp } from './patch-resource.ts';

type Change = { op: PatchOp; at: PatchPath; value: unknown };

/** The values of an attribute after one operation on all of them, or on those that its path picks out. */
export function patchMany(attribute: Attribute, before: Complex[], change: Change): Complex[] {
  const { at } = change;
  if (at.sub !== undefined) knownPart(attribute, at.sub);
  const after =
    at.where || at.sub !== undefined ? patchSome(attribute, before, change) : patchAll(attribute, before, change);
  const max = attribute.manyMax ?? 0;
  if (after.length > max) throw wrong('tooMany', `At most ${max} ${attribute.name} are kept: send fewer`);
  return after;
}

function patchAll(attribute: Attribute, before: Complex[], { op, value }: Change): Complex[] {
  const given = (readValue(attribute, value) ?? []) as Complex[];
  if (op === 'replace') return given;
  if (op === 'add') return each(attribute, [...withoutPrimary(before, given), ...given]);
  // Entra ID names in the value who is to be removed.
  if (given.length === 0) return [];
  const leaving = new Set(given.map((one) => keyOf(attribute, one)));
  return before.filter((one) => !leaving.has(keyOf(attribute, one)));
}

function patchSome(attribute: Attribute, before: Complex[], change: Change): Complex[] {
  const { op, at } = change;
  const { where } = at;
  const picked = new Set(before.filter((one) => !where || matches(attribute, where, one)));
  if (op === 'remove' && at.sub === undefined) return before.filter((one) => !picked.has(one));
  if (picked.size === 0) return patchNone(attribute, before, change);
  const patched = new Map([...picked].map((one) => [one, patchComplex(attribute, one, change)]));
  const others = withoutPrimary(
    before,
    [...patched.values()].filter((one) => one !== undefined),
  );
  return each(
    attribute,
    before.map((one, index) => (picked.has(one) ? patched.get(one) : others[index])).filter((one) => one !== undefined),
  );
}

/** An addition makes what its path asks for; there is nothing to replace. */
function patchNone(attribute: Attribute, before: Complex[], change: Change): Complex[] {
  const { op, at } = change;
  if (op === 'remove') return before;
  if (op === 'replace' && at.where)
    throw wrong('noTarget', `None of the ${attribute.name} is meant by this path: add it first`);
  const made = patchComplex(attribute, at.where ? askedFor(attribute, at.where) : {}, change);
  return made ? each(attribute, [...withoutPrimary(before, [made]), made]) : before;
}

/** What a filter says outright: `type eq "work"` is of the type work. */
function askedFor(attribute: Attribute, filter: Filter): Complex {
  if (filter.op === 'and')
    return Object.assign({}, ...filter.parts.map((part) => askedFor(attribute, part))) as Complex;
  if (filter.op !== 'compare' || filter.by !== 'eq' || typeof filter.value === 'number') return {};
  const part = partOf(attribute, filter.path.attribute);
  return part && !part.ours && (part.type === 'boolean') === (typeof filter.value === 'boolean')
    ? { [part.name]: filter.value }
    : {};
}

/** What was primary is not so any more when another is. */
function withoutPrimary(before: Complex[], coming: Complex[]): Complex[] {
  if (!coming.some(({ primary }) => primary === true)) return before;
  return before.map((one) => (one['primary'] === true ? { ...one, primary: false } : one));
}
