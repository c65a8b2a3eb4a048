import type { DriftChange, DriftedFile } from '@clawster/link/drift';
import { maskSecrets } from '../host/mask.ts';
import { documentName, type Drifted, parsed } from './find-drift.ts';

const changesMax = 50;
const valueLengthMax = 500;
const textLengthMax = 2_000;
const keyLengthMax = 100;

/** What stands for a secret, as in the audit trail: there must not leave the host what nobody may read there. */
export const masked = '(secret)';
/** As the audit trail knows a secret by its name (packages/domain/src/audit/changes.ts): a test holds the two together. */
const secretNames = /key$|token|secret|password|passphrase|credential|authorization|cookie/i;
/** A line such as `api_key: …` or `PASSWORD=…` in a text. */
const namedInText =
  /\b([\w-]*(?:key|token|secret|password|passphrase|credential|authorization|cookie)s?\s*[:=]\s*)\S.*/gi;

/** What differs, as it may leave the host: secrets masked, long values cut, and no more than a person would read. */
export function tellDrift(drifted: readonly Drifted[]): DriftedFile[] {
  return drifted.map((one) => {
    const changes = changesOf(one);
    const listed = changes.slice(0, changesMax);
    const more = changes.length - listed.length;
    return { file: one.name, changes: listed, ...(more > 0 ? { more } : {}) };
  });
}

/** Which file, and where in it, in a few words. */
export function sayDrift(files: readonly DriftedFile[]): string {
  return files
    .map(({ file, changes }) => {
      const places = changes.map(({ path }) => path.join('.')).filter((path) => path !== '');
      const told = places.slice(0, 3).join(', ');
      if (told === '') return file;
      return `${file} (${told}${places.length > 3 ? ` and ${places.length - 3} more` : ''})`;
    })
    .join(', ');
}

function changesOf({ name, text, found }: Drifted): DriftChange[] {
  const after = found.kind === 'text' ? found.text : undefined;
  const documents = name === documentName && after !== undefined ? [parsed(text ?? ''), parsed(after)] : [];
  if (documents.length === 2 && documents.every(isObject)) return valueChanges(documents[0], documents[1]);
  return [told([], { before: text, after }, { tell: tellText, lengthMax: textLengthMax })];
}

function valueChanges(before: unknown, after: unknown): DriftChange[] {
  const [below, above] = [leavesOf(before), leavesOf(after)];
  return [...new Set([...below.keys(), ...above.keys()])]
    .filter((place) => JSON.stringify(below.get(place)?.value) !== JSON.stringify(above.get(place)?.value))
    .map((place) => {
      const path = (above.get(place) ?? below.get(place))?.path ?? [];
      const values = { before: below.get(place)?.value, after: above.get(place)?.value };
      return told(path, values, { tell: (value) => tell(path, value), lengthMax: valueLengthMax });
    });
}

type Leaves = Map<string, { path: string[]; value: unknown }>;

/** Each value at its own path: an object is gone into, a list is one value. */
function leavesOf(value: unknown, path: string[] = [], leaves: Leaves = new Map()): Leaves {
  const inner = isObject(value) ? Object.entries(value) : [];
  if (inner.length === 0 && path.length > 0) leaves.set(JSON.stringify(path), { path, value });
  for (const [key, one] of inner) leavesOf(one, [...path, key], leaves);
  return leaves;
}

function told(
  path: string[],
  { before, after }: { before: unknown; after: unknown },
  { tell: say, lengthMax }: { tell: (value: unknown) => unknown; lengthMax: number },
): DriftChange {
  // Looking for secrets takes time by the square of the length: what nobody is told is not looked at.
  const rough = [before, after].map((value) => clipped(value, 2 * lengthMax));
  const said = rough.map((value) => (value === undefined ? undefined : say(value)));
  const short = said.map((value) => cut(value, lengthMax));
  const keys = path.map((key) => String(cut(plain(key), keyLengthMax)));
  const isSecret = JSON.stringify(said) !== JSON.stringify(rough);
  const isLong = JSON.stringify([short, keys]) !== JSON.stringify([[before, after], path]);
  return {
    path: keys,
    ...(short[0] === undefined ? {} : { before: short[0] }),
    ...(short[1] === undefined ? {} : { after: short[1] }),
    ...(isSecret ? { hidden: 'secret' as const } : isLong ? { hidden: 'long' as const } : {}),
  };
}

/** A value with what looks like a secret masked, by the names that lead to it and by what it is. */
function tell(path: readonly string[], value: unknown): unknown {
  if (value !== null && typeof value !== 'boolean' && path.some((key) => secretNames.test(key))) return masked;
  if (typeof value === 'string') return withoutSecrets(value);
  if (Array.isArray(value)) return value.map((item) => tell([], item));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, tell([key], item)]));
}

function tellText(text: unknown): unknown {
  return typeof text === 'string' ? withoutSecrets(text).replaceAll(namedInText, `$1${masked}`) : text;
}

function withoutSecrets(text: string): string {
  return maskSecrets(text.replaceAll(/(\w+:\/\/)[^\s/@]+@/g, `$1${masked}@`));
}

function clipped(value: unknown, lengthMax: number): unknown {
  if (typeof value === 'string') return plain(value.slice(0, lengthMax));
  if (Array.isArray(value)) return value.slice(0, lengthMax).map((item) => clipped(item, lengthMax));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [plain(key), clipped(item, lengthMax)]));
}

/** PostgreSQL keeps no text with a NUL or half of a character, and who writes these files may write what they like. */
function plain(text: string): string {
  return text.replaceAll('\0', '\uFFFD').toWellFormed();
}

/** What is long is cut, as text; what is short enough stays what it is. */
function cut(value: unknown, lengthMax: number): unknown {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text === undefined || text.length <= lengthMax ? value : `${plain(text.slice(0, lengthMax))}…`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
