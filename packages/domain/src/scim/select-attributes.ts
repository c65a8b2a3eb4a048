import { attributePath } from './filter.ts';

/** Which attributes an answer is to have: those that are named, or all but those. */
export type Selection = { attributes?: string | undefined; excludedAttributes?: string | undefined };

/** Told whatever is asked for (RFC 7643, section 7). */
const always = new Set(['id', 'schemas']);

type Selected = { whole: Set<string>; parts: Map<string, Set<string>> };

/** Whether an answer has an attribute at all, so that what nobody wants is not read. */
export function isSelected(selection: Selection, attribute: string): boolean {
  const name = attribute.toLowerCase();
  if (selection.attributes !== undefined) {
    const { whole, parts } = read(selection.attributes);
    return whole.has(name) || parts.has(name) || always.has(name);
  }
  return always.has(name) || !read(selection.excludedAttributes ?? '').whole.has(name);
}

/** What is asked for of a resource. */
export function selectAttributes<R extends Record<string, unknown>>(resource: R, selection: Selection): Partial<R> {
  const { attributes, excludedAttributes } = selection;
  if (attributes === undefined && excludedAttributes === undefined) return resource;
  const { parts } = read(attributes ?? excludedAttributes ?? '');
  const names = read(attributes ?? '').whole;
  const kept = Object.entries(resource).flatMap(([name, value]) => {
    if (!isSelected(selection, name)) return [];
    const ofIt = parts.get(name.toLowerCase());
    if (!ofIt || always.has(name) || names.has(name.toLowerCase())) return [[name, value]];
    return [[name, partsOf(value, (part) => ofIt.has(part.toLowerCase()) === (attributes !== undefined))]];
  });
  return Object.fromEntries(kept) as Partial<R>;
}

function partsOf(value: unknown, keeps: (part: string) => boolean): unknown {
  if (Array.isArray(value)) return value.map((one) => partsOf(one, keeps));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([part]) => keeps(part)));
}

/** Names that are none are passed over: they are of no attribute. */
function read(list: string): Selected {
  const selected: Selected = { whole: new Set(), parts: new Map() };
  for (const word of list.split(',')) {
    const path = attributePath(word.trim());
    if (!path || path.urn !== undefined) continue;
    if (path.sub === undefined) selected.whole.add(path.attribute);
    else selected.parts.set(path.attribute, (selected.parts.get(path.attribute) ?? new Set()).add(path.sub));
  }
  return selected;
}
