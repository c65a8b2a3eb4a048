/** A word, a bracket, a value, or what follows a closing bracket (`.value`). */
export type Token = {
  kind: 'word' | 'bracket' | 'text' | 'number' | 'sub';
  text: string;
  value?: string | number | boolean;
};

/** Each way to go on begins with another character, so that no text is read twice. */
const next =
  /\s*(?:(?<bracket>[()[\]])|(?<text>"(?:[^"\\]|\\.)*")|(?<number>-?\d[\d.eE+-]*)|(?<sub>\.[A-Za-z$][\w$-]*)|(?<word>[A-Za-z$][\w$:.-]*))/y;
const end = /\s*$/y;

/** What a filter or a path is made of; undefined when something in it is none of that. */
export function tokensOf(text: string): Token[] | undefined {
  const tokens: Token[] = [];
  let at = 0;
  for (;;) {
    end.lastIndex = at;
    if (end.test(text)) return tokens;
    next.lastIndex = at;
    const token = tokenIn(next.exec(text)?.groups);
    if (!token) return undefined;
    tokens.push(token);
    at = next.lastIndex;
  }
}

function tokenIn(groups: Record<string, string | undefined> | undefined): Token | undefined {
  const [kind, text] = Object.entries(groups ?? {}).find(([, found]) => found !== undefined) ?? [];
  if (kind === undefined || text === undefined) return undefined;
  const token = { kind: kind as Token['kind'], text };
  if (kind === 'text') return withValue(token, parsed(text));
  if (kind === 'number') return withValue(token, Number.isFinite(Number(text)) ? Number(text) : undefined);
  if (kind === 'word' && /^(true|false)$/i.test(text)) return { ...token, value: text.toLowerCase() === 'true' };
  return token;
}

function withValue(token: Token, value: string | number | undefined): Token | undefined {
  return value === undefined ? undefined : { ...token, value };
}

/** A text that is JSON's, and that a database can be asked for. */
function parsed(text: string): string | undefined {
  try {
    const value = JSON.parse(text) as string;
    return value.includes('\0') || !value.isWellFormed() ? undefined : value;
  } catch {
    return undefined;
  }
}
