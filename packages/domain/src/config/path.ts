/** Where a value is in a document: the keys that lead to it. */
export type Path = readonly string[];

const plainKey = /^[A-Za-z0-9_-]+$/;

/** A path as people write it: `agents.defaults.model`, with `["a.b"]` for a key that is not a plain word. */
export function formatPath(path: Path): string {
  return path.reduce(
    (text, key) => (plainKey.test(key) ? `${text}${text ? '.' : ''}${key}` : `${text}[${JSON.stringify(key)}]`),
    '',
  );
}

/** The keys of a path as people write it, or undefined when it cannot be read. */
export function parsePath(text: string): Path | undefined {
  if (text.startsWith('.')) return undefined;
  const keys: string[] = [];
  const part = /(?:^|\.)([A-Za-z0-9_-]+)|\[("(?:[^"\\]|\\.)*")\]/y;
  while (part.lastIndex < text.length) {
    const found = part.exec(text);
    if (!found) return undefined;
    const [, plain, quoted] = found;
    const key = quoted === undefined ? plain : unquote(quoted);
    if (key === undefined) return undefined;
    keys.push(key);
  }
  return keys;
}

function unquote(text: string): string | undefined {
  try {
    return JSON.parse(text) as string;
  } catch {
    return undefined;
  }
}

/** Whether one of the two leads to the other, or both to the same place. */
export function overlaps(one: Path, other: Path): boolean {
  const length = Math.min(one.length, other.length);
  return one.slice(0, length).every((key, at) => key === other[at]);
}
