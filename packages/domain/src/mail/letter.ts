export type Letter = { subject: string; text: string; html: string };

/** A mail of these paragraphs: plain text, and the same as simple HTML in which a paragraph that is a link can be followed. */
export function letterOf(subject: string, paragraphs: string[], links: string[] = []): Letter {
  const asHtml = (line: string) =>
    links.includes(line) ? `<a href="${escaped(line)}">${escaped(line)}</a>` : escaped(line);
  return {
    subject,
    text: `${paragraphs.join('\n\n')}\n`,
    html: paragraphs.map((line) => `<p>${asHtml(line)}</p>`).join('\n'),
  };
}

/** A line break in a name must not begin a header. */
export function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}

function escaped(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}
