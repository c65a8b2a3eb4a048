import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { keep } from '../change.ts';
import type { ControlPlane } from '../plane.ts';
import type { Tx } from '../transaction.ts';
import { findDelegation } from './delegation.queries.ts';
import { takeResult } from './take-result.ts';
import { isUp } from './team.queries.ts';

const tellMs = 15_000;
/** So many turns are begun in one look. */
const turnsMax = 50;
const retrySeconds = 5;
const hoursMax = 24;

type Turn = {
  workspaceId: string;
  botId: string;
  session: string;
  batch: string;
  messages: string[];
  delegationIds: string[];
};

/** Begins a turn of each conversation something waits to be told in, with all that waits: once, also where its host's answer is lost. */
export async function tellBots(plane: ControlPlane, signal: AbortSignal): Promise<void> {
  const turns = await keep(plane, takeTurns);
  await Promise.all(
    turns.map(async (turn) => {
      if (signal.aborted) return;
      // The next look is the retry.
      await tell(plane, turn).catch(() => undefined);
    }),
  );
}

async function tell(plane: ControlPlane, { botId, session, batch, messages, ...turn }: Turn): Promise<void> {
  const params = { id: batch, session, message: messages.join('\n\n———\n\n') };
  await plane.links.request(botId, { method: 'team.tell', params }, { timeoutMs: tellMs });
  await keep(plane, async (tx) => {
    await tx.deleteFrom('botTell').where('botId', '=', botId).where('batch', '=', batch).execute();
    for (const id of turn.delegationIds) {
      const row = await findDelegation(tx, id);
      if (row) await takeResult(tx, row);
    }
  });
}

/** What belongs to a turn already stays in it; all else that waits for the same conversation is one more. */
async function takeTurns(tx: Tx): Promise<Turn[]> {
  await tx
    .deleteFrom('botTell')
    .where('at', '<', sql<Date>`now() - make_interval(hours => ${hoursMax})`)
    .execute();
  const { rows } = await sql<{ botId: string; session: string; batch: string | null }>`
    select tell.bot_id as "botId", tell.session, tell.batch from bot_tell as tell
      join bot on bot.id = tell.bot_id join link on link.bot_id = bot.id
    where tell.due_at <= now() and ${isUp} order by tell.due_at limit 500 for update of tell skip locked`.execute(tx);
  const groups = Map.groupBy(rows, ({ botId, session, batch }) => JSON.stringify([botId, session, batch]));
  const turns: Turn[] = [];
  for (const [group] of [...groups].slice(0, turnsMax)) {
    const [botId, session, before] = JSON.parse(group) as [string, string, string | null];
    const batch = before ?? randomUUID();
    const told = await tx
      .updateTable('botTell')
      .set({
        batch,
        tries: sql<number>`tries + 1`,
        dueAt: sql<Date>`now() + make_interval(secs => ${retrySeconds} * (tries + 1))`,
      })
      .where('botId', '=', botId)
      .where('session', '=', session)
      .where(sql<boolean>`batch is not distinct from ${before}::uuid`)
      .returning(['workspaceId', 'message', 'delegationId', 'at'])
      .execute();
    const inOrder = told.toSorted((one, other) => one.at.getTime() - other.at.getTime());
    const [first] = inOrder;
    if (!first) continue;
    turns.push({
      workspaceId: first.workspaceId,
      botId,
      session,
      batch,
      messages: inOrder.map(({ message }) => message),
      delegationIds: inOrder.flatMap(({ delegationId }) => delegationId ?? []),
    });
  }
  return turns;
}
