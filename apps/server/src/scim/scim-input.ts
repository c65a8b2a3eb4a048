import { pageMax } from '@clawster/domain/scim/documents';
import { wrong } from '@clawster/domain/scim/scim-refusal';
import type { Selection } from '@clawster/domain/scim/select-attributes';

export type ListAsked = { filter: string | undefined; startIndex: number; count: number; selection: Selection };

const countUsual = 100;
/** What an offset in PostgreSQL may be, and more than any workspace has. */
const indexMax = 2_000_000_000;

/** Which attributes are asked for, in a query or in the body of a search. */
export function selectionIn(asked: unknown): Selection {
  const attributes = wordsIn(asked, 'attributes');
  const excludedAttributes = wordsIn(asked, 'excludedAttributes');
  if (attributes !== undefined && excludedAttributes !== undefined)
    throw wrong('invalidValue', 'Send attributes or excludedAttributes, and not both');
  return { attributes, excludedAttributes };
}

/** Which page of which resources is asked for. */
export function listIn(asked: unknown): ListAsked {
  const filter = fieldIn(asked, 'filter');
  if (filter !== undefined && typeof filter !== 'string') throw wrong('invalidFilter', 'Send one filter');
  return {
    filter: filter === undefined || filter.trim() === '' ? undefined : filter,
    // Below one is one, as the protocol has it.
    startIndex: Math.max(1, wholeIn(asked, 'startIndex') ?? 1),
    count: Math.min(pageMax, Math.max(0, wholeIn(asked, 'count') ?? countUsual)),
    selection: selectionIn(asked),
  };
}

function wordsIn(asked: unknown, name: string): string | undefined {
  const value = fieldIn(asked, name);
  if (value === undefined || value === '') return undefined;
  const words = Array.isArray(value) ? value : [value];
  const text = words.filter((word): word is string => typeof word === 'string').join(',');
  if (text.length > 2_000) throw wrong('invalidValue', `${name} is too long: name fewer attributes`);
  return text;
}

function wholeIn(asked: unknown, name: string): number | undefined {
  const value = fieldIn(asked, name);
  if (value === undefined || value === '') return undefined;
  const number = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number) || !Number.isInteger(number))
    throw wrong('invalidValue', `${name} is a whole number`);
  return Math.min(number, indexMax);
}

function fieldIn(asked: unknown, name: string): unknown {
  return typeof asked === 'object' && asked !== null && Object.hasOwn(asked, name)
    ? (asked as Record<string, unknown>)[name]
    : undefined;
}
