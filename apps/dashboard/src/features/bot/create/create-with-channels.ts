import type { Bot } from '@clawster/contract/bot';
import { client } from '../../../lib/client.ts';
import { sentenceOf } from '../../../lib/sentence.ts';
import { tellTrouble } from '../../../lib/toast.ts';
import { type Draft, requestOf } from './draft.ts';

/** Makes the bot and gives it its channels; it stays when one cannot be given, and that is told. */
export async function createWithChannels(draft: Draft): Promise<Bot> {
  const bot = await client.bots.create(requestOf(draft));
  for (const channelId of draft.channelIds)
    await client.channels
      .attach({ channelId, botId: bot.id })
      .catch((error: unknown) =>
        tellTrouble(new Error(`${bot.name} is there, but without one channel. ${sentenceOf(error)}`, { cause: error })),
      );
  return bot;
}
