import type { ChannelKind, ChannelOverrides, ChannelSettings } from '@clawster/contract/channel-settings';
import type { Labels } from '@clawster/contract/label';
import type { StoredChannel } from '@clawster/domain/channel/channels-of';
import type { Tx } from '../transaction.ts';

/** The channels of a workspace that are attached to any bot, as the bots' configurations are made of them. */
export async function readChannels(tx: Tx, workspaceId: string): Promise<StoredChannel[]> {
  const rows = await tx
    .selectFrom('channel')
    .innerJoin('channelAttachment', 'channelAttachment.channelId', 'channel.id')
    .select(['channel.id', 'channel.name', 'channel.kind', 'channel.settings'])
    .select(['channelAttachment.id as attachmentId', 'botId', 'selector', 'channelAttachment.settings as differing'])
    .where('channel.workspaceId', '=', workspaceId)
    .orderBy('channel.name')
    .orderBy('channelAttachment.createdAt')
    .execute();
  return [...Map.groupBy(rows, ({ id }) => id).values()].map((attached) => storedChannel(attached));
}

type Row = Pick<StoredChannel, 'id' | 'name'> & {
  kind: string;
  settings: unknown;
  attachmentId: string;
  botId: string | null;
  selector: unknown;
  differing: unknown;
};

/** As it was checked when it was written. */
function storedChannel(rows: readonly Row[]): StoredChannel {
  const { id, name, kind, settings } = rows[0] as Row;
  return {
    id,
    name,
    kind: kind as ChannelKind,
    settings: settings as ChannelSettings,
    attachments: rows.map((row) => ({
      id: row.attachmentId,
      botId: row.botId ?? undefined,
      selector: (row.selector ?? undefined) as Labels | undefined,
      settings: row.differing as ChannelOverrides,
    })),
  };
}
