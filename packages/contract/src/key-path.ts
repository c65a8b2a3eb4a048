/**
 * The keys along a path such as `agents.defaults.model`. A key that holds a dot is written in brackets, as in
 * `agents.defaults.models["openai/gpt-5.4"].alias`; a place in a list is a number. Undefined when it is no path.
 */
export function parseKeyPath(text: string): string[] | undefined {
  const keys: string[] = [];
  let rest = text;
  while (rest !== '') {
    const part = partPattern.exec(rest);
    if (!part) return undefined;
    const key = part[1] === undefined ? (part[2] ?? part[3]) : unquoted(part[1]);
    if (key === undefined) return undefined;
    keys.push(key);
    rest = rest.slice(part[0].length);
    if (rest.startsWith('.')) {
      rest = rest.slice(1);
      if (rest === '' || rest.startsWith('[')) return undefined;
    } else if (rest !== '' && !rest.startsWith('[')) return undefined;
  }
  return keys;
}

/** A path as people write it; `parseKeyPath` reads it back. */
export function showKeyPath(keys: readonly string[]): string {
  let text = '';
  for (const key of keys) {
    if (!plainKey.test(key)) text += `[${JSON.stringify(key)}]`;
    else text += text === '' ? key : `.${key}`;
  }
  return text;
}

/** `["…"]`, `[*]` or `[0]`, or a key without brackets. */
const partPattern = /^(?:\[("(?:[^"\\]|\\.)*")\]|\[(\*|\d+)\]|([^.[\]"]+))/;
const plainKey = /^[^.[\]"\s]+$/;

function unquoted(text: string): string | undefined {
  try {
    return JSON.parse(text) as string;
  } catch {
    return undefined;
  }
}
