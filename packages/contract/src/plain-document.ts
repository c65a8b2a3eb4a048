import type { ConfigIssue, ConfigIssueCode } from './openclaw-schema.ts';
import { showKeyPath } from './key-path.ts';

/** OpenClaw's largest sensible document is some hundred kilobytes; a larger one is a mistake or an attack. */
export const documentBytesMax = 10 * 1024 * 1024;
/** OpenClaw's own schema is 12 deep. A document that refers to itself ends here as well. */
export const documentDepthMax = 64;

/** Keys with which a merge or a copy could change the prototype of all objects. */
const prototypeKeys = new Set(['__proto__', 'constructor', 'prototype']);

/** How large and how deep a document may be; a layer of one may be less than a whole. */
export type DocumentLimits = { bytesMax: number; depthMax: number };
const whole: DocumentLimits = { bytesMax: documentBytesMax, depthMax: documentDepthMax };

/** Where the look at the document is, and how much of it was seen. */
type Walk = { keys: string[]; bytes: number; limits: DocumentLimits };

/**
 * Why this cannot be a document at all, or undefined when it can: an object of JSON, of bounded size and depth, without
 * keys that reach for a prototype. It looks at no more than it has to, and is asked before anything else reads a
 * document. A document counts as what it takes as JSON at least, for a letter may take several bytes.
 */
export function whyNotDocument(document: unknown, limits = whole): ConfigIssue | undefined {
  if (!isPlainObject(document))
    return issue([], 'not-plain', 'A configuration is an object with keys, such as {"agents": {…}}. Write it as one.');
  return whyNotValue(document, { keys: [], bytes: 0, limits });
}

function whyNotValue(value: unknown, walk: Walk): ConfigIssue | undefined {
  if (walk.keys.length > walk.limits.depthMax) return tooDeep(walk);
  walk.bytes += bytesOf(value);
  if (walk.bytes > walk.limits.bytesMax) return tooLarge(walk);
  if (Array.isArray(value)) return whyNotList(value, walk);
  if (isPlainObject(value)) return whyNotObject(value, walk);
  const isJson = value === null || ['string', 'boolean'].includes(typeof value) || Number.isFinite(value);
  return isJson ? undefined : notJson(walk.keys);
}

function whyNotObject(object: Record<string, unknown>, walk: Walk): ConfigIssue | undefined {
  for (const key of Object.keys(object)) {
    if (prototypeKeys.has(key)) return prototypeKey([...walk.keys, key]);
    const wrong = whyNotAt(key, object[key], walk);
    if (wrong) return wrong;
  }
}

/** By index, so that a hole is seen as the nothing it is. */
function whyNotList(list: readonly unknown[], walk: Walk): ConfigIssue | undefined {
  for (let index = 0; index < list.length; index++) {
    const wrong = whyNotAt(String(index), list[index], walk);
    if (wrong) return wrong;
  }
}

function whyNotAt(key: string, value: unknown, walk: Walk): ConfigIssue | undefined {
  walk.keys.push(key);
  const wrong = whyNotValue(value, walk);
  walk.keys.pop();
  return wrong;
}

/** The value's own part of the JSON; what lies within is counted where it stands. */
function bytesOf(value: unknown): number {
  if (typeof value === 'string') return value.length + 2;
  if (Array.isArray(value)) return value.length + 1;
  if (typeof value !== 'object' || value === null) return String(value).length;
  return Object.keys(value).reduce((bytes, key) => bytes + key.length + 4, 1);
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function notJson(keys: readonly string[]): ConfigIssue {
  const sentence =
    'JSON cannot hold what stands here. Write a text, a number, true or false, null, a list or an object.';
  return issue(keys, 'not-plain', sentence);
}

function prototypeKey(keys: readonly string[]): ConfigIssue {
  const sentence = `"${keys.at(-1)}" cannot be a key, anywhere: it could change what all objects are made from. Remove it.`;
  return issue(keys, 'prototype-key', sentence);
}

function tooDeep({ keys, limits }: Walk): ConfigIssue {
  const sentence = `This lies more than ${limits.depthMax} levels deep, or holds itself. Flatten it.`;
  return issue(keys.slice(0, 8), 'too-deep', sentence);
}

function tooLarge({ limits }: Walk): ConfigIssue {
  const megabytes = limits.bytesMax / 1024 / 1024;
  const sentence = `A configuration may take ${megabytes} MB at most, and this one is larger. Keep long texts in files of the bot's workspace.`;
  return issue([], 'too-large', sentence);
}

/** A key may be as long as it likes; what is said of it may not. */
function issue(keys: readonly string[], code: ConfigIssueCode, message: string): ConfigIssue {
  const path = showKeyPath(keys);
  return { path: path.length > 300 ? `${path.slice(0, 300)}…` : path, message, code };
}
