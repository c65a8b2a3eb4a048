type Fields = Readonly<Record<string, unknown>>;
/** What a change did, as an event tells it: which fields, how they were and how they are. */
export type Changes = { changed: string[]; before: Record<string, unknown>; after: Record<string, unknown> };

/** What stands for a secret: that there is one may be told, and never what it is. */
export const masked = '(secret)';

/** The fields that differ; secrets are masked, and what is long is cut, since an event is kept for long. */
export function changesOf(before: Fields, after: Fields): Changes {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const changed = names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  const told = (fields: Fields) =>
    Object.fromEntries(
      changed.filter((name) => fields[name] !== undefined).map((name) => [name, tell(name, fields[name])]),
    );
  return { changed, before: told(before), after: told(after) };
}

const secretNames = /key$|token|secret|password|passphrase|credential|authorization|cookie/i;
const lengthMax = 500;

function tell(name: string, value: unknown): unknown {
  if (secretNames.test(name) && value !== null && typeof value !== 'boolean') return masked;
  if (typeof value === 'string') return cut(withoutUserinfo(value));
  if (Array.isArray(value)) return value.map((item) => tell('', item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, tell(key, item)]));
}

/** An address may carry a name and a password before its host. */
function withoutUserinfo(text: string): string {
  return text.replaceAll(/(\w+:\/\/)[^\s/@]+@/g, `$1${masked}@`);
}

function cut(text: string): string {
  return text.length <= lengthMax ? text : `${text.slice(0, lengthMax)}… (${text.length - lengthMax} more)`;
}
