import { api } from '@clawster/contract/api';
import type { Channel } from '@clawster/contract/channel';
import type { Labels } from '@clawster/contract/label';
import { whyNotAttach } from '@clawster/domain/channel/channels-of';
import { Refusal } from '@clawster/domain/refusal';
import { violates } from '@clawster/database/violation';
import { lockBot } from '../bot/bot.queries.ts';
import { command } from '../command.ts';
import { changeChannel } from './change-channel.ts';
import { getChannel } from './channel.queries.ts';

/** Has a bot, or all bots with these labels, answer by a channel. */
export const attachChannel = command(api.channels.attach, async (context, { channelId, botId, selector, settings }) => {
  const { tx, caller, record } = context;
  if ((botId === undefined) === (selector === undefined))
    throw new Refusal('invalid', 'Attach it either to a bot or to labels');
  const bot = botId === undefined ? undefined : await lockBot(tx, botId);
  const channel = await getChannel(tx, channelId);
  const others = channel.attachments.flatMap(({ botName }) => botName ?? []).filter((name) => name !== bot?.name);
  const whyNot = whyNotAttach(channel, { selector }, others);
  if (whyNot) throw new Refusal('refused', whyNot);
  const write = async () => {
    await unlessAttached(channel, bot?.name, () =>
      tx
        .insertInto('channelAttachment')
        .values({
          workspaceId: caller.workspaceId,
          channelId,
          botId: botId ?? null,
          selector: selector ?? null,
          settings,
        })
        .execute(),
    );
  };
  const bots = await changeChannel(context, channel, { write });
  const detail = { ...whom(bot?.name, selector), ...(Object.keys(settings).length > 0 ? { settings } : {}), bots };
  await record({ type: 'channel-attached', subjectId: channelId, subjectName: channel.name, detail });
  return getChannel(tx, channelId);
});

async function unlessAttached(
  channel: Channel,
  botName: string | undefined,
  write: () => Promise<unknown>,
): Promise<void> {
  try {
    await write();
  } catch (cause) {
    const isThere = ['channel_attachment_bot', 'channel_attachment_selector'].some((index) => violates(cause, index));
    if (!isThere) throw cause;
    throw new Refusal(
      'conflict',
      `${botName ?? 'Bots with these labels'} ${botName ? 'has' : 'have'} ${channel.name} already`,
    );
  }
}

/** Whom an attachment is of, as an event tells it. */
export function whom(botName: string | undefined, selector: Labels | undefined) {
  return botName ? { bot: botName } : { labels: selector };
}
