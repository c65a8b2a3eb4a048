import { z } from 'zod';

/** What JSON can say. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
/** An object of JSON: an OpenClaw configuration, or a part of one. */
export type Document = { [key: string]: Json };

/** More than any configuration needs: a check of what is larger would take longer than it is worth. */
export const documentBytesMax = 256_000;
const depthMax = 40;

/** Keys that mean something else than a key to JavaScript. */
const dangerous = new Set(['__proto__', 'prototype', 'constructor']);

/** Why this cannot be a document, or undefined when it can. Told before anything else is done with it. */
export function whyNotDocument(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return 'Write an object, such as { tools: {} }';
  const deeper: Place[] = [[value, '', 0]];
  let bytes = 0;
  for (let next = deeper.pop(); next; next = deeper.pop()) {
    const [inner, at, depth] = next;
    bytes += typeof inner === 'string' ? inner.length : 8;
    if (bytes > documentBytesMax)
      return `It is larger than ${documentBytesMax / 1000} kB: leave out what is the default`;
    if (typeof inner !== 'object' || inner === null) continue;
    const keys = Object.keys(inner);
    const bad = keys.find((key) => dangerous.has(key));
    if (bad) return `"${bad}" at ${at || 'the top'} cannot be a key: choose another name`;
    if (depth > depthMax) return `It is nested more than ${depthMax} deep at ${at.slice(0, 100)}`;
    bytes += keys.join('').length;
    deeper.push(
      ...keys.map((key) => [inner[key as keyof typeof inner], at ? `${at}.${key}` : key, depth + 1] as Place),
    );
  }
  return undefined;
}

type Place = [value: unknown, at: string, depth: number];

/** An object of JSON, free of what could not be a configuration. */
export const Document = z
  .custom<Document>((value) => whyNotDocument(value) === undefined, {
    error: ({ input }) => whyNotDocument(input) ?? 'Write an object, such as { tools: {} }',
  })
  .meta({ override: { type: 'object', additionalProperties: true } });

/** One value of a document, as it was checked before. */
export const JsonValue = z.custom<Json>().meta({ override: { description: 'Any JSON value' } });
