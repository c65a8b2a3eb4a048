import { type RawBuilder, sql } from 'kysely';
import { keep } from '../change.ts';
import type { ControlPlane } from '../plane.ts';
import { systemQuery } from '../query.ts';
import type { Tx } from '../transaction.ts';
import { changeDelegation } from './change-delegation.ts';
import type { DelegationRow } from './delegation-row.ts';
import { stepDelegation } from './step-delegation.ts';

const batchMax = 200;
/** No transaction that had begun when the stop came lasts longer: what it asked for is found, too. */
const lookSeconds = 60;

type Halted = Pick<DelegationRow, 'id' | 'workspaceId' | 'version'> & { botName: string };

/** Cancels what bots that an emergency stop ended had given away and worked at, with all that it was passed on as. What others want of them waits until they go on. */
export async function cancelHalted(plane: ControlPlane, signal: AbortSignal): Promise<void> {
  for (;;) {
    const open = await systemQuery(plane, selectOpen);
    for (const row of open) {
      if (signal.aborted) return;
      await changeDelegation(plane, row, (context, now) =>
        stepDelegation(context, now, {
          happening: { kind: 'cancel' },
          why: `An emergency stop ended ${row.botName}`,
          by: 'emergency stop',
        }),
      );
    }
    if (open.length < batchMax) break;
  }
  await keep(plane, forgetLooked);
}

/** Those that something was passed on of come first: with them goes all the rest. */
async function selectOpen(tx: Tx): Promise<Halted[]> {
  const columns = sql`id, workspace_id as "workspaceId", version, hops`;
  // Since it is to stand still it has nothing to ask for; what it asked once it went on again stays.
  const given: RawBuilder<unknown> = sql`select ${columns} from delegation where from_bot_id = bot.id
    and from_kind = 'bot' and ended_at is null and (requested_at <= halted_at or spec->>'desired' <> 'running')`;
  const works = sql`select ${columns} from delegation where to_bot_id = bot.id
    and ended_at is null and is_assigned and spec->>'desired' <> 'running'`;
  const { rows } = await sql<Halted>`
    select one.*, bot.name as "botName" from bot cross join lateral (${given} union ${works}) as one
    where halted_at is not null order by hops limit ${batchMax}`.execute(tx);
  return rows;
}

function forgetLooked(tx: Tx) {
  const long = tx
    .selectFrom('bot')
    .select('id')
    .where('haltedAt', '<', sql<Date>`now() - make_interval(secs => ${lookSeconds})`)
    .orderBy('id')
    .forNoKeyUpdate()
    .skipLocked();
  return tx.updateTable('bot').set({ haltedAt: null }).where('id', 'in', long).execute();
}
