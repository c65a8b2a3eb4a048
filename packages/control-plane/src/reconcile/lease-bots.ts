import type { BotPhase, BotSpec, BotStatus } from '@clawster/contract/bot';
import { type Selectable, sql } from 'kysely';
import type { BotTable } from '@clawster/database/schema';
import { specOf } from '../bot/bot.queries.ts';
import { keep } from '../change.ts';
import { isFree, leaseEnd, leaseSeconds, taken, whileRenewed } from '../loops/lease.ts';
import type { ControlPlane } from '../plane.ts';
import type { Tx } from '../transaction.ts';
import { restingMs } from './next-look.ts';
import { factsOf, readFacts, type StoredFacts } from './read-facts.ts';

/** What the loop keeps in a bot's status beside what people see: why and when a step is tried again. */
export type StoredStatus = BotStatus & {
  retry?: { at: string; message?: string } | undefined;
  /** When a bot that was not heard of was last told where we are. */
  addressToldAt?: string | undefined;
};
export type DueBot = Omit<Selectable<BotTable>, 'spec' | 'status' | 'phase'> & {
  spec: BotSpec;
  status: StoredStatus;
  phase: BotPhase;
};
/** One that nobody else may act on. */
export type LeasedBot = DueBot;

/** The lease is gone: another worker has the bot now, and nothing this one saw may be written. */
export class LeaseLost extends Error {
  constructor(name: string) {
    super(`The lease of ${name} has passed to another worker`);
    this.name = 'LeaseLost';
  }
}

/** A bot that is due, and what else the database knows of it. */
export type Claimed = { bot: DueBot; stored: StoredFacts };

/**
 * Takes due bots that nobody holds, so that several workers can run this pass at once: each looks at others. Nobody acts
 * on one before it is leased; one that is not is looked at again as if it were at rest.
 */
export async function claimDueBots(plane: ControlPlane, limit: number): Promise<Claimed[]> {
  return keep(plane, async (tx) => {
    const bots = await claim(tx, limit);
    if (bots.length === 0) return [];
    // Asked after: what came in before a bot was called for must be seen when it is looked at.
    const ids = bots.map(({ id }) => id);
    const facts = await readFacts(tx, plane, ids);
    return bots.map((bot) => ({ bot, stored: factsOf(bot, facts) }));
  });
}

async function claim(tx: Tx, limit: number): Promise<DueBot[]> {
  const rows = await tx
    .with('due', (query) =>
      query
        .selectFrom('bot')
        .select('id')
        .where('removedAt', 'is', null)
        .where('reconcileAt', '<=', sql<Date>`now()`)
        .where(isFree)
        .orderBy('reconcileAt')
        .limit(limit)
        .forUpdate()
        .skipLocked(),
    )
    .updateTable('bot')
    .set({ reconcileAt: sql<Date>`now() + make_interval(secs => ${restingMs / 1000})` })
    .where('id', 'in', (query) => query.selectFrom('due').select('id'))
    .returningAll()
    .execute();
  return rows.map(asStored);
}

/** Leases a bot, unless another worker holds it. */
export async function leaseBot(plane: ControlPlane, { id }: Pick<DueBot, 'id'>): Promise<LeasedBot | undefined> {
  const row = await keep(plane, (tx) =>
    tx
      .updateTable('bot')
      // Due again when the lease ends; a command that wants the bot looked at sooner writes an earlier time.
      .set({ ...taken(plane), reconcileAt: leaseEnd })
      .where('id', '=', id)
      .where('removedAt', 'is', null)
      .where(isFree)
      .returningAll()
      .executeTakeFirst(),
  );
  return row && asStored(row);
}

function asStored(row: Selectable<BotTable>): DueBot {
  return { ...row, spec: specOf(row.spec) } as DueBot;
}

/** Holds the lease while work goes on, however long; the work is told when it was lost. */
export function whileLeased<T>(
  plane: ControlPlane,
  bot: LeasedBot,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const everyMs = (leaseSeconds * 1000) / 3;
  const extend = async () => ((await renew(plane, bot)) ? undefined : new LeaseLost(bot.name));
  return whileRenewed({ everyMs, renew: extend }, work);
}

/** Extends the lease, and says whether it is still ours: asked right before anything is done to a target. */
export async function renew(plane: ControlPlane, bot: LeasedBot): Promise<boolean> {
  const held = await keep(plane, (tx) =>
    ours(tx, bot).set({ leasedUntil: leaseEnd }).returning('id').executeTakeFirst(),
  );
  return held !== undefined;
}

/** An update of the bot that does nothing when the lease has passed to another worker. */
export function ours(tx: Tx, bot: Pick<LeasedBot, 'id' | 'epoch'>) {
  return tx.updateTable('bot').where('id', '=', bot.id).where('epoch', '=', bot.epoch);
}
