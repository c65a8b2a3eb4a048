import type { Labels } from '@clawster/contract/label';
import type { Overlay } from '@clawster/contract/overlay';
import { Settings } from '@clawster/contract/settings';
import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import { isVisible } from '../is-visible.ts';
import type { Tx } from '../transaction.ts';

/** Bots that have an overlay, by name or by its labels. */
const botCount = sql<number>`(select count(*)::int from bot as over
  where over.workspace_id = overlay.workspace_id and over.removed_at is null and over.spec->>'desired' <> 'destroyed'
    and (over.id = overlay.bot_id or over.labels @> overlay.selector))`;

/** Overlays of the transaction's workspace. */
export function selectOverlays(tx: Tx) {
  return tx
    .selectFrom('overlay')
    .leftJoin('bot', 'bot.id', 'overlay.botId')
    .select([
      'overlay.id',
      'overlay.name',
      'overlay.reason',
      'overlay.botId',
      'bot.name as botName',
      'overlay.selector',
      'overlay.priority',
      'overlay.settings',
      'overlay.expiresAt',
      'overlay.version',
      'overlay.createdAt',
      'overlay.updatedAt',
    ])
    .select(botCount.as('botCount'))
    .where(isVisible('overlay'));
}
type OverlayRow = Awaited<ReturnType<ReturnType<typeof selectOverlays>['executeTakeFirstOrThrow']>>;

/** Refuses when there is no such overlay. */
export async function getOverlay(tx: Tx, overlayId: string): Promise<Overlay> {
  const row = await selectOverlays(tx).where('overlay.id', '=', overlayId).executeTakeFirst();
  if (!row) throw new Refusal('not-found', 'There is no such overlay in this workspace');
  return toOverlay(row);
}

export function toOverlay(row: OverlayRow): Overlay {
  const { id, name, reason, priority, version, botCount: count } = row;
  return {
    id,
    name,
    reason,
    priority,
    version,
    botCount: count,
    settings: Settings.parse(row.settings),
    ...(row.botId ? { botId: row.botId } : {}),
    ...(row.botName ? { botName: row.botName } : {}),
    ...(row.selector ? { selector: row.selector as Labels } : {}),
    ...(row.expiresAt ? { expiresAt: row.expiresAt.toISOString() } : {}),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}
