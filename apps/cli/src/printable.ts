/** Colours as `colour()` writes them, or a character that moves a terminal's cursor, its colours, its title or the order of letters. */
const special =
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  /\u001b\[(?:1|2|22|3[1236]|39)m|[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * The text with whatever would steer a terminal written out, as `\u001b`, but for line breaks, tabs and a few colours. What is
 * JSON stays the same JSON.
 */
export function printable(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replaceAll(special, (found) =>
      found.length > 1 ? found : `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
}
