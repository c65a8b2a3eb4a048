import { api } from '@clawster/contract/api';
import type { Channel, ChannelAttachment } from '@clawster/contract/channel';
import { changesOf } from '@clawster/domain/audit/changes';
import { Refusal } from '@clawster/domain/refusal';
import { command } from '../command.ts';
import { whom } from './attach-channel.ts';
import { changeChannel } from './change-channel.ts';
import { getChannel } from './channel.queries.ts';

/** Takes a channel from the bot, or from those with the labels, that this attachment is of. */
export const detachChannel = command(api.channels.detach, async (context, { channelId, attachmentId }) => {
  const { tx, record } = context;
  const channel = await getChannel(tx, channelId);
  const { botName, selector } = attachmentOf(channel, attachmentId);
  const write = async () => {
    await tx.deleteFrom('channelAttachment').where('id', '=', attachmentId).execute();
  };
  const bots = await changeChannel(context, channel, { write });
  const detail = { ...whom(botName, selector), bots };
  await record({ type: 'channel-detached', subjectId: channelId, subjectName: channel.name, detail });
  return getChannel(tx, channelId);
});

/** Changes how a bot differs from its channel. */
export const updateAttachment = command(
  api.channels.updateAttachment,
  async (context, { channelId, attachmentId, settings }) => {
    const { tx, record } = context;
    const channel = await getChannel(tx, channelId);
    const before = attachmentOf(channel, attachmentId);
    const write = async () => {
      await tx.updateTable('channelAttachment').set({ settings }).where('id', '=', attachmentId).execute();
    };
    const bots = await changeChannel(context, channel, { write });
    const detail = { ...whom(before.botName, before.selector), ...changesOf(before.settings, settings), bots };
    await record({ type: 'channel-updated', subjectId: channelId, subjectName: channel.name, detail });
    return getChannel(tx, channelId);
  },
);

function attachmentOf({ name, attachments }: Channel, attachmentId: string): ChannelAttachment {
  const found = attachments.find(({ id }) => id === attachmentId);
  if (!found) throw new Refusal('not-found', `${name} has no such attachment`);
  return found;
}
