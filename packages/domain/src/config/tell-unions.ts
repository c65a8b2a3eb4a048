import type { JsonSchema } from '@clawster/contract/openclaw-schema';
import type { Fault } from './schema/fault.ts';
import { typesOf } from './schema/json-value.ts';

/** The faults with each union's replaced by those of the branch that was probably meant, or by all that would do. */
export function tellUnions(faults: readonly Fault[]): Fault[] {
  return faults.flatMap((fault) => (isUnfitUnion(fault) ? tellUnion(fault, fault.branches) : [fault]));
}

type UnfitUnion = Fault & { branches: Fault[][] };

function isUnfitUnion(fault: Fault): fault is UnfitUnion {
  return (
    (fault.rule === 'anyOf' || fault.rule === 'oneOf') && fault.branches !== undefined && fault.branches.length > 0
  );
}

function tellUnion(union: Fault, branches: Fault[][]): Fault[] {
  const told = branches.map(tellUnions);
  // A branch for another type of value, or for another word, was not meant.
  const meant = told.filter((faults) => !faults.some((fault) => isAt(union.keys.length, fault)));
  return meant.length > 0 ? fittest(union, meant) : [allThatWouldDo(union, told.flat())];
}

/** Branches are often told apart by one key, such as `source`: with that right, the branch was meant. */
function fittest(union: Fault, branches: Fault[][]): Fault[] {
  const depth = union.keys.length + 1;
  const tellers = branches.map((faults) => faults.find((fault) => tellsApart(depth, fault)));
  const chosen = branches.filter((_, index) => !tellers[index]);
  if (chosen.length > 0) return fewest(chosen);
  const [first, ...others] = tellers.filter((fault) => fault !== undefined);
  const isOneKey = others.every(({ keys }) => keys.at(-1) === first?.keys.at(-1));
  return first && isOneKey ? [allThatWouldDo(first, [first, ...others])] : fewest(branches);
}

/** Whether the fault is a wrong word, or a missing one, under a key right below the union. */
function tellsApart(depth: number, fault: Fault): boolean {
  if (fault.rule === 'required') return fault.keys.length === depth && wordsOf(schemaOf(fault)).length > 0;
  return isAt(depth, fault) && fault.rule !== 'type';
}

function fewest(branches: Fault[][]): Fault[] {
  return branches.reduce((best, faults) => (faults.length < best.length ? faults : best));
}

/** Whether the fault says of the value at this depth that another type or word belongs there. */
function isAt(depth: number, { keys, rule, branches }: Fault): boolean {
  if (keys.length !== depth) return false;
  return ['type', 'const', 'enum'].includes(rule) || (rule === 'anyOf' && branches === undefined);
}

/** One fault for a value that no branch takes: it names the types and the words that some branch would. */
function allThatWouldDo({ keys, value, rule }: Fault, faults: readonly Fault[]): Fault {
  const schemas = faults.filter((fault) => fault.keys.length === keys.length).map(schemaOf);
  const words = [...new Set(schemas.flatMap(wordsOf))];
  const types = [...new Set(schemas.filter((schema) => wordsOf(schema).length === 0).flatMap(typesOf))];
  const schema: JsonSchema = {
    ...(types.length > 0 ? { type: types } : {}),
    ...(words.length > 0 ? { enum: words } : {}),
  };
  if (rule === 'required') return { keys, value, rule, schema: { properties: { [keys.at(-1) ?? '']: schema } } };
  return { keys, value, schema, rule: words.length === 0 ? 'type' : types.length === 0 ? 'enum' : 'anyOf' };
}

/** What the value ought to be; the fault of a missing key is its object's. */
function schemaOf({ rule, schema, keys }: Fault): JsonSchema {
  return rule === 'required' ? (schema.properties?.[keys.at(-1) ?? ''] ?? {}) : schema;
}

/** The only values that a schema takes, if it names them. */
export function wordsOf(schema: JsonSchema): readonly unknown[] {
  if ('const' in schema) return [schema.const];
  return schema.enum ?? [];
}
