import { type Channel, type ChannelAttachment, ChannelCheck } from '@clawster/contract/channel';
import { ChannelOverrides, ChannelSettings, type ChannelKind } from '@clawster/contract/channel-settings';
import type { Labels } from '@clawster/contract/label';
import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import { isVisible } from '../is-visible.ts';
import type { Tx } from '../transaction.ts';

type AttachmentRow = { id: string; botId: string | null; botName: string | null; selector: unknown; settings: unknown };

const attachments = sql<AttachmentRow[]>`coalesce((select jsonb_agg(jsonb_build_object(
    'id', attachment.id, 'botId', bot.id, 'botName', bot.name, 'selector', attachment.selector, 'settings', attachment.settings)
    order by attachment.created_at, attachment.id)
  from channel_attachment attachment left join bot on bot.id = attachment.bot_id and bot.removed_at is null
  where attachment.channel_id = channel.id and (attachment.bot_id is null or bot.id is not null)), '[]')`;
const secrets = sql<Channel['secrets']>`coalesce((select jsonb_agg(jsonb_build_object(
    'field', use.field, 'secretId', kept.id, 'name', kept.name, 'version', kept.current_version) order by use.field desc)
  from secret_use use join named_secret kept on kept.id = use.secret_id
  where use.owner_kind = 'channel' and use.owner_id = channel.id), '[]')`;
const botCount = sql<number>`(select count(distinct bot.id)::int from channel_attachment attachment
  join bot on bot.workspace_id = attachment.workspace_id and (bot.id = attachment.bot_id or bot.labels @> attachment.selector)
  where attachment.channel_id = channel.id and bot.removed_at is null and bot.spec->>'desired' <> 'destroyed')`;

/** Channels of the transaction's workspace, with whom they are attached to. */
export function selectChannels(tx: Tx) {
  return tx
    .selectFrom('channel')
    .select([
      'channel.id',
      'channel.name',
      'channel.kind',
      'channel.settings',
      'channel.checkResult',
      'channel.createdAt',
      'channel.updatedAt',
    ])
    .select([attachments.as('attachments'), secrets.as('secrets'), botCount.as('botCount')])
    .where(isVisible('channel'));
}
type ChannelRow = Awaited<ReturnType<ReturnType<typeof selectChannels>['executeTakeFirstOrThrow']>>;

/** Refuses when there is no such channel. */
export async function getChannel(tx: Tx, channelId: string): Promise<Channel> {
  const row = await selectChannels(tx).where('channel.id', '=', channelId).executeTakeFirst();
  if (!row) throw new Refusal('not-found', 'There is no such channel in this workspace');
  return toChannel(row);
}

export function toChannel(row: ChannelRow): Channel {
  return {
    id: row.id,
    name: row.name,
    kind: row.kind as ChannelKind,
    settings: ChannelSettings.parse(row.settings),
    secrets: row.secrets,
    ...(row.checkResult ? { check: ChannelCheck.parse(row.checkResult) } : {}),
    attachments: row.attachments.map(toAttachment),
    botCount: row.botCount,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

function toAttachment({ id, botId, botName, selector, settings }: AttachmentRow): ChannelAttachment {
  return {
    id,
    ...(botId && botName ? { botId, botName } : {}),
    ...(selector ? { selector: selector as Labels } : {}),
    settings: ChannelOverrides.parse(settings),
  };
}
