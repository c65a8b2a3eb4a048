import type { BotPhase, BotSpec, BotStatus } from '@clawster/contract/bot';
import { type Selectable, sql } from 'kysely';
import type { BotTable } from '@clawster/database/schema';
import { specOf } from '../bot/bot.queries.ts';
import { keep } from '../change.ts';
import { isFree, leaseEnd, leaseSeconds, taken, whileRenewed } from '../loops/lease.ts';
import type { ControlPlane } from '../plane.ts';
import type { Tx } from '../transaction.ts';
import { inMs, restingMs } from './next-look.ts';
import { factsOf, readFacts, type StoredFacts } from './read-facts.ts';

/** What the loop keeps in a bot's status beside what people see: why and when a step is tried again. */
export type StoredStatus = BotStatus & {
  retry?: { at: string; message?: string } | undefined;
  /** When a bot that was not heard of was last told where we are. */
  addressToldAt?: string | undefined;
  /** What was last written of the bot's revisions. */
  judged?: { generation: number; verdict: 'good' | 'bad' } | undefined;
  /** Of which drift it was told last, by the time of it. */
  driftToldAt?: string | undefined;
};
type Documents = { spec: BotSpec; status: StoredStatus; phase: BotPhase };
/** What of a bot's row decides whether it needs a step: thousands of these are read in a round. */
export const deciding = [
  'id',
  'workspaceId',
  'name',
  'spec',
  'status',
  'phase',
  'generation',
  'workloadGeneration',
  'operationId',
  'failures',
  'publicKey',
  'updatedAt',
  'restoredAt',
  'epoch',
] as const satisfies (keyof BotTable)[];
export type DueBot = Pick<Selectable<BotTable>, Exclude<(typeof deciding)[number], keyof Documents>> & Documents;
/** One that nobody else may act on. */
export type LeasedBot = Omit<Selectable<BotTable>, keyof Documents> & Documents;

/** The lease is gone: another worker has the bot now, and nothing this one saw may be written. */
export class LeaseLost extends Error {
  constructor(name: string) {
    super(`The lease of ${name} has passed to another worker`);
    this.name = 'LeaseLost';
  }
}

/** A bot that is looked at, and what else the database knows of it. */
export type Looked = {
  bot: DueBot;
  stored: StoredFacts;
  /** Whether it is due only because all that are at rest are looked at. */
  isResting: boolean;
};

/**
 * Takes due bots that nobody holds, so that several workers can run this pass at once: each looks at others. Nobody acts
 * on one before it is leased; one that is not is looked at again as if it were at rest.
 */
export async function claimDueBots(plane: ControlPlane, limit: number): Promise<Looked[]> {
  return keep(plane, async (tx) => {
    const bots = await claim(tx, limit);
    if (bots.length === 0) return [];
    // Asked after: what came in before a bot was called for must be seen when it is looked at.
    const ids = bots.map(({ id }) => id);
    const facts = await readFacts(tx, plane, ids);
    return bots.map((bot) => ({ bot, stored: factsOf(bot, facts), isResting: false }));
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
    .set({ reconcileAt: inMs(restingMs) })
    .where('id', 'in', (query) => query.selectFrom('due').select('id'))
    .returning(deciding)
    .execute();
  return rows.map((row) => asStored<DueBot>(row));
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
  return row && asStored<LeasedBot>(row);
}

/** A bot's row with its documents typed, as they were written. */
export function asStored<Bot extends DueBot>(row: Omit<Bot, keyof Documents> & Record<keyof Documents, unknown>): Bot {
  return { ...row, spec: specOf(row.spec) } as Bot;
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
