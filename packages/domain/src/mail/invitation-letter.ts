export type Letter = { subject: string; text: string; html: string };
type Occasion = { workspaceName: string; invitedBy: string; role: string; link: string; expiresAt: Date };

/** The mail that brings an invitation: plain text, and the same as simple HTML. Names in it are other people's words. */
export function invitationLetter({ workspaceName, invitedBy, role, link, expiresAt }: Occasion): Letter {
  const workspace = oneLine(workspaceName);
  const until = expiresAt.toISOString().slice(0, 10);
  const lines = [
    `${oneLine(invitedBy)} invites you to ${workspace} on Clawster, as ${role}.`,
    `Open this link to accept. It is good once, for this address, until ${until} (UTC):`,
    link,
    'If you do not know what this is, leave it: without the link nothing happens.',
  ];
  return {
    subject: `Join ${workspace} on Clawster`,
    text: `${lines.join('\n\n')}\n`,
    html: lines
      .map((line) => `<p>${line === link ? `<a href="${escaped(link)}">${escaped(link)}</a>` : escaped(line)}</p>`)
      .join('\n'),
  };
}

/** A line break in a name must not begin a header. */
function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}

function escaped(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}
