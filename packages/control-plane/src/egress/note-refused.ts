import { boundRefused } from '@clawster/domain/egress/bound-refused';
import type { RefusedEgress } from '@clawster/target/egress';
import { sql } from 'kysely';
import { change, keep } from '../change.ts';
import type { ControlPlane } from '../plane.ts';
import { systemQuery } from '../query.ts';
import type { Tx } from '../transaction.ts';

const job = 'keep-egress';

/**
 * Keeps what bots of a workspace were refused, counted by the hour; of each bot and place one event an hour is recorded, with
 * how often it was by then.
 */
export async function noteRefused(
  plane: ControlPlane,
  workspaceId: string,
  refused: readonly RefusedEgress[],
): Promise<void> {
  if (refused.length === 0) return;
  const known = await systemQuery(plane, (tx) => knownPlaces(tx, refused));
  const { fresh, again } = boundRefused(refused, known);
  if (again.length > 0) await keep(plane, (tx) => add(tx, workspaceId, again));
  if (fresh.length === 0) return;
  const names = await systemQuery(plane, (tx) => namesOf(tx, fresh));
  await change(plane, { workspaceId, job }, async ({ tx, recordAll }) => {
    await add(tx, workspaceId, fresh);
    await recordAll(
      fresh.map(({ botId, place, reason, count }) => ({
        type: 'bot-egress-refused',
        subjectId: botId,
        ...(names.has(botId) ? { subjectName: names.get(botId) as string } : {}),
        detail: { place, reason, count },
      })),
    );
  });
}

/** Each bot's places of this hour. */
async function knownPlaces(tx: Tx, refused: readonly RefusedEgress[]): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ botId: string; places: string[] }>`
    select bot_id as "botId", array_agg(place) as places from egress_refusal
    where hour = date_trunc('hour', now(), 'UTC') and bot_id = any(${idsIn(refused)}::uuid[]) group by 1`.execute(tx);
  return new Map(rows.map(({ botId, places }) => [botId, places]));
}

async function namesOf(tx: Tx, refused: readonly RefusedEgress[]): Promise<Map<string, string>> {
  const rows = await tx.selectFrom('bot').select(['id', 'name']).where('id', 'in', idsIn(refused)).execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}

function idsIn(refused: readonly RefusedEgress[]): string[] {
  return [...new Set(refused.map(({ botId }) => botId))];
}

/** The clock of the target is not ours: when something was refused is never later than now. */
function add(tx: Tx, workspaceId: string, refused: readonly RefusedEgress[]) {
  return sql`
    insert into egress_refusal (bot_id, workspace_id, place, hour, reason, count, first_at, last_at)
    select bot.id, ${workspaceId}::uuid, told.place, date_trunc('hour', now(), 'UTC'), told.reason, told.count,
      least(told.first_at, now()), least(told.last_at, now())
    from jsonb_to_recordset(${JSON.stringify(refused.map(toRow))}::jsonb)
      as told(bot_id uuid, place text, reason text, count bigint, first_at timestamptz, last_at timestamptz)
    join bot on bot.id = told.bot_id and bot.workspace_id = ${workspaceId}::uuid
    on conflict (bot_id, hour, place) do update set reason = excluded.reason,
      count = egress_refusal.count + excluded.count, last_at = excluded.last_at`.execute(tx);
}

function toRow({ botId, place, reason, count, firstAt, lastAt }: RefusedEgress) {
  return { bot_id: botId, place, reason, count, first_at: firstAt, last_at: lastAt };
}
