import { type Letter, letterOf, oneLine } from './letter.ts';

type Occasion = { workspaceName: string; invitedBy: string; role: string; link: string; expiresAt: Date };

/** The mail that brings an invitation. Names in it are other people's words. */
export function invitationLetter({ workspaceName, invitedBy, role, link, expiresAt }: Occasion): Letter {
  const workspace = oneLine(workspaceName);
  const until = expiresAt.toISOString().slice(0, 10);
  const paragraphs = [
    `${oneLine(invitedBy)} invites you to ${workspace} on Clawster, as ${role}.`,
    `Open this link to accept. It is good once, for this address, until ${until} (UTC):`,
    link,
    'If you do not know what this is, leave it: without the link nothing happens.',
  ];
  return letterOf(`Join ${workspace} on Clawster`, paragraphs, [link]);
}
