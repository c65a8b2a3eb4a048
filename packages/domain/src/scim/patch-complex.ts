import type { PatchPath } from './filter.ts';
import { type Complex, readComplex, readOne } from './read-resource.ts';
import { type Attribute, partOf } from './schema.ts';
import { wrong } from './scim-refusal.ts';
import type { PatchOp } from './patch-resource.ts';

/** A value with parts after one operation: what is not named of it stays. Undefined when nothing is left. */
export function patchComplex(
  attribute: Attribute,
  before: Complex,
  { op, at: { sub }, value }: { op: PatchOp; at: PatchPath; value: unknown },
): Complex | undefined {
  if (sub === undefined) {
    if (op === 'remove' || value === null) return undefined;
    return filled({ ...before, ...readComplex(attribute, value) });
  }
  const part = knownPart(attribute, sub);
  if (part.ours) return before;
  const { [part.name]: _before, ...others } = before;
  const next = op === 'remove' ? undefined : readOne(part, value);
  return filled(next === undefined ? others : { ...others, [part.name]: next });
}

/** A part that there is. */
export function knownPart(attribute: Attribute, sub: string): Attribute {
  const part = partOf(attribute, sub);
  if (!part) throw wrong('invalidPath', `${attribute.name} has no ${sub}`);
  return part;
}

const filled = (value: Complex) => (Object.keys(value).length === 0 ? undefined : value);
