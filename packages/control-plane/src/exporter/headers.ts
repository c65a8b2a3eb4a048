/** The headers in a secret's lines, or undefined where these are none. */
export function headersIn(text: string): Record<string, string> | undefined {
  const pairs = text.split(/\r?\n/).map((line) => /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):\s*(\S.*)$/.exec(line.trim()));
  if (pairs.some((pair) => pair === null)) return undefined;
  return Object.fromEntries(pairs.map((pair) => [pair?.[1] as string, pair?.[2] as string]));
}

/** A text of the other side without what it was told in confidence, which it may have answered with. */
export function withoutHeaders(text: string, headers: Readonly<Record<string, string>>): string {
  const secrets = Object.values(headers).flatMap((value) => [value, ...value.split(/\s+/)]);
  return secrets
    .filter((secret) => secret.length >= secretCharactersMin)
    .reduce((told, secret) => told.replaceAll(secret, '(secret)'), text);
}
/** Shorter words, such as Basic, are no secrets. */
const secretCharactersMin = 8;
