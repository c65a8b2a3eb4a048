import type { ChannelKind, ChannelOverrides, ChannelSettings } from '@clawster/contract/channel-settings';
import type { Labels } from '@clawster/contract/label';
import type { StoredChannel } from '@clawster/domain/channel/channels-of';
import { sql } from 'kysely';
import type { Tx } from '../transaction.ts';

/** The channels of a workspace that are attached to any bot, as the bots' configurations are made of them. */
export async function readChannels(tx: Tx, workspaceId: string): Promise<StoredChannel[]> {
  const rows = await tx
    .selectFrom('channel')
    .innerJoin('channelAttachment', 'channelAttachment.channelId', 'channel.id')
    .select(['channel.id', 'channel.name', 'channel.kind', 'channel.settings'])
    .select(['channelAttachment.id as attachmentId', 'botId', 'selector', 'channelAttachment.settings as differing'])
    .select(
      sql<boolean>`exists (select from secret_use use join named_secret on named_secret.id = use.secret_id
        join named_secret_version version on version.secret_id = use.secret_id
          and version.version = named_secret.current_version
        where use.owner_kind = 'channel' and use.owner_id = channel.id and version.sealed_id is null)`.as('isShut'),
    )
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
  isShut: boolean;
};

/** As it was checked when it was written. */
function storedChannel(rows: readonly Row[]): StoredChannel {
  const { id, name, kind, settings, isShut } = rows[0] as Row;
  return {
    id,
    name,
    kind: kind as ChannelKind,
    settings: settings as ChannelSettings,
    ...(isShut ? { isShut } : {}),
    attachments: rows.map((row) => ({
      id: row.attachmentId,
      botId: row.botId ?? undefined,
      selector: (row.selector ?? undefined) as Labels | undefined,
      settings: row.differing as ChannelOverrides,
    })),
  };
}
