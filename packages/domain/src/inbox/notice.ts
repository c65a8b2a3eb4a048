import { createHmac } from 'node:crypto';
import { type Letter, letterOf, oneLine } from '../mail/letter.ts';

/** What is told of something that waits; what of it people or bots wrote is their words. */
export type Notice = {
  title: string;
  workspaceName: string;
  personName: string;
  /** Empty for who may not read it. */
  parts: readonly { label: string; text: string; untrusted: boolean }[];
  link: string;
  /** Whether the link decides, in the person's name; else it leads to the inbox. */
  isDeciding: boolean;
  expiresAt: Date | undefined;
};

/** Slack takes 3,000 characters in a block. A message is to be read at a glance; the rest is behind the link. */
const partCharactersMax = 1_000;
const partsMax = 8;

/** A message for an incoming webhook of Slack. All in it is plain text, so that no word of it mentions, links or formats. */
export function slackMessage(notice: Notice): { text: string; blocks: unknown[] } {
  const plain = (text: string) => ({ type: 'plain_text', text, emoji: false });
  const title = cut(oneLine(notice.title));
  return {
    text: title.replaceAll(/[&<>]/g, (character) => entities[character] ?? character),
    blocks: [
      { type: 'section', text: plain(title) },
      ...partsOf(notice).map((text) => ({ type: 'section', text: plain(text) })),
      {
        type: 'actions',
        elements: [{ type: 'button', text: plain(buttonOf(notice)), url: notice.link, action_id: 'look' }],
      },
      { type: 'context', elements: [plain(sentenceOf(notice))] },
    ],
  };
}
const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** The same as a mail. */
export function noticeLetter(notice: Notice): Letter {
  const workspace = oneLine(notice.workspaceName);
  const paragraphs = [
    `Hello ${oneLine(notice.personName)},`,
    `in ${workspace} on Clawster something waits: ${oneLine(notice.title)}`,
    ...partsOf(notice),
    `${buttonOf(notice)}:`,
    notice.link,
    sentenceOf(notice),
  ];
  return letterOf(`Waits for you: ${cut(oneLine(notice.title), 120)}`, paragraphs, [notice.link]);
}

/** What a webhook's receiver checks: the time in seconds, and the HMAC of it and the body. */
export function signatureOf(secret: string, body: string, at: Date): string {
  const seconds = Math.floor(at.getTime() / 1_000);
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;
}

function partsOf({ parts }: Notice): string[] {
  return parts
    .slice(0, partsMax)
    .map(({ label, text, untrusted }) => `${label}${untrusted ? ' (written by people outside)' : ''}:\n${cut(text)}`);
}

function buttonOf({ isDeciding }: Notice): string {
  return isDeciding ? 'Look and decide' : 'Look at it in Clawster';
}

function sentenceOf({ isDeciding, personName, expiresAt }: Notice): string {
  const until = expiresAt ? ` It expires on ${expiresAt.toISOString().slice(0, 16).replace('T', ' ')} UTC.` : '';
  return isDeciding
    ? `The link decides once, in the name of ${oneLine(personName)}. Whoever has it can: do not pass it on.${until}`
    : `Sign in to see it.${until}`;
}

function cut(text: string, max = partCharactersMax): string {
  return text.length > max ? `${text.slice(0, max)}…` : text;
}
