import type { Client } from '@clawster/client/client';
import type { Channel, ChannelAttachment } from '@clawster/contract/channel';
import { labelsOf, Selector } from '@clawster/contract/label';
import { z } from 'zod';
import { CliRefusal, exitCodes } from '../../failure.ts';
import { findBot } from '../../find.ts';
import { sayLabels } from '../../label-text.ts';

/** Whom a channel is given to: a bot by name, or those with some labels. */
export const whomOptions: [string, string][] = [
  ['--bot <bot>', 'one bot'],
  ['--labels <labels>', 'all bots with these labels, such as team=support'],
];
export const whomInput = { bot: z.string().optional(), labels: Selector.optional() };

export type Whom = { botId: string } | { selector: Record<string, string> };

/** Whom the options name; refused unless it is one of the two. */
export async function readWhom(
  client: Client,
  { bot, labels }: { bot?: string | undefined; labels?: string | undefined },
): Promise<Whom> {
  if (bot !== undefined && labels === undefined) return { botId: (await findBot(client, bot)).id };
  if (bot === undefined && labels !== undefined) return { selector: labelsOf(labels) };
  throw new CliRefusal('Say --bot <bot> or --labels <labels>.', exitCodes.usage);
}

/** The attachment of a channel to just those, where there is one. */
export function attachmentOf({ attachments }: Channel, whom: Whom): ChannelAttachment | undefined {
  if ('botId' in whom) return attachments.find(({ botId }) => botId === whom.botId);
  const wanted = sortedText(whom.selector);
  return attachments.find(({ selector }) => selector && sortedText(selector) === wanted);
}

function sortedText(labels: Record<string, string>): string {
  return sayLabels(Object.fromEntries(Object.entries(labels).toSorted(([one], [other]) => one.localeCompare(other))));
}
