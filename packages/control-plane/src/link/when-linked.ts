import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import type { ControlPlane } from '../plane.ts';
import { readAs } from '../query.ts';
import type { Tx } from '../transaction.ts';
import { isLinked } from './is-linked.ts';

/** A supervisor whose link was lost, as when Clawster is started again, dials in anew at least this often. */
const redialMsMax = 10_000;
const lookEveryMs = 250;

/** Waits for the link of a bot that may dial in anew any moment, and for no other; who asks then is refused by the bot's absence. */
export async function whenLinked(plane: ControlPlane, workspaceId: string, botId: string): Promise<void> {
  const until = performance.now() + redialMsMax;
  while (performance.now() < until) {
    if (plane.links.holds(botId)) return;
    const isWorthIt = await readAs(
      plane,
      { workspaceId },
      async (tx) => !(await isLinked(tx, plane, botId)) && (await mayComeAgain(tx, plane, botId)),
    );
    if (!isWorthIt) return;
    await pause(lookEveryMs);
  }
}

/** Whether its link was lost, or this replica began, no longer ago than a supervisor waits. */
async function mayComeAgain(tx: Tx, { settings }: Pick<ControlPlane, 'settings'>, botId: string): Promise<boolean> {
  const lostAt = sql`coalesce(disconnected_at, last_seen_at)`;
  const startedAt = sql`(select started_at from replica where id = ${settings.replica})`;
  const row = await tx
    .selectFrom('link')
    .select(
      sql<boolean>`coalesce(greatest(${lostAt}, ${startedAt}) > now() - make_interval(secs => ${redialMsMax / 1000}), false)`.as(
        'may',
      ),
    )
    .where('botId', '=', botId)
    .executeTakeFirst();
  return row?.may ?? false;
}
