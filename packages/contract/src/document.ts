import { z } from 'zod';
import { parseKeyPath, showKeyPath } from './key-path.ts';
import { type DocumentLimits, whyNotDocument } from './plain-document.ts';

/** What JSON can say. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
/** An object of JSON: an OpenClaw configuration, or a part of one. */
export type Document = { [key: string]: Json };

/** More than any layer of a configuration needs: a check of what is larger would take longer than it is worth. */
const layerLimits: DocumentLimits = { bytesMax: 256_000, depthMax: 40 };

/** Why this cannot be a layer's document, or undefined when it can. Told before anything else is done with it. */
function whyNotLayer(value: unknown): string | undefined {
  const issue = whyNotDocument(value, layerLimits);
  if (!issue) return undefined;
  const keys = parseKeyPath(issue.path) ?? [];
  if (issue.code === 'prototype-key')
    return `"${keys.at(-1)}" at ${showKeyPath(keys.slice(0, -1)) || 'the top'} cannot be a key: choose another name`;
  if (issue.code === 'too-large')
    return `It is larger than ${layerLimits.bytesMax / 1000} kB: leave out what is the default`;
  if (issue.code === 'too-deep')
    return `It is nested more than ${layerLimits.depthMax} deep at ${issue.path.slice(0, 100)}`;
  return 'Write an object, such as { tools: {} }';
}

/** An object of JSON, free of what could not be a configuration. */
export const Document = z
  .custom<Document>((value) => whyNotLayer(value) === undefined, {
    error: ({ input }) => whyNotLayer(input) ?? 'Write an object, such as { tools: {} }',
  })
  .meta({ override: { type: 'object', additionalProperties: true } });

/** One value of a document, as it was checked before. */
export const JsonValue = z.custom<Json>().meta({ override: { description: 'Any JSON value' } });
