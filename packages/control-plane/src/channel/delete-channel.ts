import { api } from '@clawster/contract/api';
import { Refusal } from '@clawster/domain/refusal';
import { command } from '../command.ts';
import { lockLayers } from '../configuration/layer-store.ts';
import { releaseSecrets } from '../secret/secret-use.ts';
import { getChannel } from './channel.queries.ts';

/** Deletes a channel that is attached to no bot, with the secrets that nothing else uses. */
export const deleteChannel = command(api.channels.delete, async (context, { channelId }) => {
  const { tx, caller, record } = context;
  await lockLayers(tx, caller.workspaceId, 'change');
  const { name, attachments } = await getChannel(tx, channelId);
  const [first] = attachments;
  if (first) {
    const who = first.botName ?? 'Bots with its labels';
    throw new Refusal('conflict', `${who} ${first.botName ? 'has' : 'have'} this channel: detach it first`);
  }
  await releaseSecrets(context, { ownerKind: 'channel', ownerId: channelId });
  await tx.deleteFrom('channel').where('workspaceId', '=', caller.workspaceId).where('id', '=', channelId).execute();
  await record({ type: 'channel-deleted', subjectId: channelId, subjectName: name });
  return {};
});
