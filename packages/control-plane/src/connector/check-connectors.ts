import { sql } from 'kysely';
import { change, keep } from '../change.ts';
import type { ControlPlane } from '../plane.ts';
import type { Tx } from '../transaction.ts';
import { askStored } from './check-connector.ts';
import { getConnector } from './connector.queries.ts';

/** Calm: each question costs a token, and what changes in between shows in the bots' own calls. */
const everyMinutes = 15;
const job = 'check-connectors';

/** Asks the providers that bots use whether they still answer; that one begins or ceases to is recorded. */
export async function checkConnectors(plane: ControlPlane, signal: AbortSignal): Promise<void> {
  for (const { id: connectorId, workspaceId } of await keep(plane, takeDue)) {
    if (signal.aborted) return;
    const checkResult = await askStored(plane, { workspaceId, connectorId });
    const { ok, message } = checkResult;
    const before = await keep(plane, async (tx) => {
      const { name, check } = await getConnector(tx, connectorId);
      await tx.updateTable('connector').set({ checkResult }).where('id', '=', connectorId).execute();
      return { name, ok: check?.ok };
    });
    if (before.ok === ok) continue;
    await change(plane, { workspaceId, job }, ({ record }) =>
      record({
        type: 'connector-checked',
        subjectId: connectorId,
        subjectName: before.name,
        detail: { ok, message },
      }),
    );
  }
}

/** Takes those that are due, so that no two replicas ask the same. */
function takeDue(tx: Tx): Promise<{ id: string; workspaceId: string }[]> {
  return tx
    .with('due', (due) =>
      due
        .selectFrom('connector')
        .select('id')
        .where('deletedAt', 'is', null)
        .where('provider', '<>', 'demo')
        .where(
          sql<boolean>`coalesce(check_at, updated_at + make_interval(mins => ${everyMinutes})) <= now() and exists
            (select from bot where bot.connector_id = connector.id and bot.spec->>'desired' in ('running', 'paused'))`,
        )
        .orderBy('checkAt')
        .limit(20)
        .forUpdate()
        .skipLocked(),
    )
    .updateTable('connector')
    .set({ checkAt: sql<Date>`now() + make_interval(mins => ${everyMinutes})` })
    .where('id', 'in', (query) => query.selectFrom('due').select('id'))
    .returning(['id', 'workspaceId'])
    .execute();
}
