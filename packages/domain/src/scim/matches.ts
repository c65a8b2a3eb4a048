import type { Comparison, Filter } from './filter.ts';
import { type Attribute, partOf } from './schema.ts';
import type { Complex } from './read-resource.ts';
import { wrong } from './scim-refusal.ts';

/** Whether one value of an attribute satisfies the filter of a path, such as `type eq "work"`. */
export function matches(attribute: Attribute, filter: Filter, value: Complex): boolean {
  switch (filter.op) {
    case 'and':
      return filter.parts.every((part) => matches(attribute, part, value));
    case 'or':
      return filter.parts.some((part) => matches(attribute, part, value));
    case 'not':
      return !matches(attribute, filter.part, value);
    case 'some':
      throw wrong('invalidFilter', `${attribute.name} has no values that have values`);
    case 'pr':
      return partIn(attribute, filter.path.attribute, value).found !== undefined;
    case 'compare': {
      const { found, isExact } = partIn(attribute, filter.path.attribute, value);
      return found !== undefined && compare(filter.by, asText(found, isExact), asText(filter.value, isExact));
    }
  }
}

function partIn(attribute: Attribute, name: string, value: Complex) {
  const part = partOf(attribute, name);
  if (!part) throw wrong('invalidFilter', `${attribute.name} has no ${name}`);
  return { found: value[part.name], isExact: part.exact === true };
}

/** Truths are compared as texts too, since Entra ID asks for `primary eq "True"`. */
const asText = (value: string | number | boolean, isExact: boolean) =>
  isExact ? String(value) : String(value).toLowerCase();

function compare(op: Comparison, found: string, asked: string): boolean {
  switch (op) {
    case 'eq':
      return found === asked;
    case 'ne':
      return found !== asked;
    case 'co':
      return found.includes(asked);
    case 'sw':
      return found.startsWith(asked);
    case 'ew':
      return found.endsWith(asked);
    case 'gt':
    case 'ge':
    case 'lt':
    case 'le':
      throw wrong('invalidFilter', 'Of these values none is greater than another: ask with eq, ne, co, sw or ew');
  }
}
