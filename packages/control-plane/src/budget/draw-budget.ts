import type { BudgetLift, BudgetPeriod } from '@clawster/contract/budget';
import { draw } from '@clawster/domain/budget/draw';
import { holds, limitNow } from '@clawster/domain/budget/lift';
import { periodAt } from '@clawster/domain/budget/period';
import { Refusal } from '@clawster/domain/refusal';
import type { DrawBudget, DrawnBudget } from '@clawster/link/budget';
import { sql } from 'kysely';
import { keep } from '../change.ts';
import { databaseNow } from '../database-now.ts';
import type { OpenLink } from '../link/open-link.ts';
import type { ControlPlane } from '../plane.ts';
import type { Tx } from '../transaction.ts';
import { counts, lockPeriod, type PeriodKey, startsOn, sumOtherAllowances } from './use.queries.ts';

type Drawing = { tx: Tx; link: OpenLink; ask: DrawBudget };

/**
 * Grants a bot some of what is left of a budget, and takes down what it spent and gave back. One at a time for each budget
 * and period: bots together are never granted more than the limit. Refuses what comes over a link that has been replaced.
 */
export async function drawBudget(plane: ControlPlane, link: OpenLink, ask: DrawBudget): Promise<DrawnBudget> {
  const drawn = await keep(plane, async (tx) => {
    const drawing = { tx, link, ask };
    const budget = await readBudget(drawing);
    const now = await databaseNow(tx);
    const day = startsOn(budget.period, now);
    // What was spent of an earlier period is taken down there, and nothing of it goes over into this one.
    if (ask.startsOn !== undefined && ask.startsOn !== day) await settle(drawing, ask.startsOn);
    return grant(drawing, { period: budget.period, limitUsd: budget.limitUsd, now, startsOn: day });
  });
  // Whether it is to be told to people is looked at in one place.
  if (drawn.refused) plane.wake(['budget']);
  return drawn;
}

async function readBudget({ tx, link: { botId, workspaceId }, ask: { budgetId, wantsUsd } }: Drawing) {
  const row = await tx
    .selectFrom('budget')
    .leftJoin('bot', (join) => join.on('bot.id', '=', botId).on(counts))
    .where('budget.id', '=', budgetId)
    .where('budget.workspaceId', '=', workspaceId)
    .select(['budget.period', sql<number>`limit_usd::float8`.as('limitUsd')])
    .select(sql<boolean>`bot.id is not null and budget.hard`.as('holds'))
    .select(sql<boolean>`coalesce(bot.spec->>'desired' = 'destroyed', false)`.as('isDestroyed'))
    .executeTakeFirst();
  // Who is limited by it no more may still give back what it has.
  if (!row || (wantsUsd > 0 && !row.holds))
    throw new Refusal('not-found', 'This budget does not limit this bot any more');
  if (wantsUsd > 0 && row.isDestroyed) throw new Refusal('refused', 'The bot was destroyed: it may spend nothing more');
  return { ...row, period: row.period as BudgetPeriod };
}

type Current = { period: BudgetPeriod; limitUsd: number; now: Date; startsOn: string };

async function grant(drawing: Drawing, current: Current): Promise<DrawnBudget> {
  const { tx, link, ask } = drawing;
  const key = { budgetId: ask.budgetId, startsOn: current.startsOn };
  const pool = await lockPeriod(tx, key);
  const own = await readOwn(drawing, key);
  const others = await sumOtherAllowances(tx, key, { botId: link.botId, book: ask.book });
  const lift = (pool.lift ?? undefined) as BudgetLift | undefined;
  const told = ask.startsOn === current.startsOn ? ask : { ...ask, spentUsd: 0, allowedUsd: 0 };
  const drawn = draw(
    {
      limitUsd: limitNow(current.limitUsd, lift, current.now),
      bookedUsd: pool.bookedUsd,
      beforeUsd: pool.beforeUsd,
      others,
      own,
      drawing: others.drawing + 1,
    },
    told,
  );
  await writeOwn(drawing, key, drawn);
  const { endsAt } = periodAt(current.period, current.now);
  const until = holds(lift, current.now) && lift?.until ? new Date(lift.until) : endsAt;
  return {
    startsOn: current.startsOn,
    // What is allowed while there is no limit must not outlast that.
    endsAt: new Date(Math.min(until.getTime(), endsAt.getTime())).toISOString(),
    allowedUsd: drawn.grantedUsd,
    ...(drawn.refused ? { refused: drawn.refused } : {}),
  };
}

/** Takes down what was spent of a period that is over, where there is still a row of it. */
async function settle({ tx, link, ask }: Drawing, day: string): Promise<void> {
  await tx
    .updateTable('budgetAllowance')
    .set({
      spentUsd: sql<string>`greatest(spent_usd, ${ask.spentUsd}::numeric)`,
      grantedUsd: sql<string>`greatest(spent_usd, ${ask.spentUsd}::numeric)`,
    })
    .where('budgetId', '=', ask.budgetId)
    .where('startsOn', '=', day)
    .where('botId', '=', link.botId)
    .where('book', '=', ask.book)
    .where('epoch', '<=', link.epoch)
    .execute();
}

async function readOwn({ tx, link, ask }: Drawing, { budgetId, startsOn: day }: PeriodKey) {
  const row = await tx
    .selectFrom('budgetAllowance')
    .select(['epoch', sql<number>`granted_usd::float8`.as('grantedUsd'), sql<number>`spent_usd::float8`.as('spentUsd')])
    .where('budgetId', '=', budgetId)
    .where('startsOn', '=', day)
    .where('botId', '=', link.botId)
    .where('book', '=', ask.book)
    .executeTakeFirst();
  if (row && row.epoch > link.epoch) throw new Refusal('conflict', 'A newer link of this bot draws from this budget');
  return row ?? { grantedUsd: 0, spentUsd: 0 };
}

type Written = { grantedUsd: number; spentUsd: number; refused?: string };

async function writeOwn({ tx, link, ask }: Drawing, key: PeriodKey, written: Written): Promise<void> {
  const { grantedUsd, spentUsd, refused } = written;
  const isAsking = ask.wantsUsd > 0;
  await tx
    .insertInto('budgetAllowance')
    .values({
      ...key,
      botId: link.botId,
      workspaceId: link.workspaceId,
      book: ask.book,
      grantedUsd,
      spentUsd,
      epoch: link.epoch,
      refusedAt: refused ? sql<Date>`now()` : null,
    })
    .onConflict((conflict) =>
      conflict.columns(['budgetId', 'startsOn', 'botId', 'book']).doUpdateSet({
        grantedUsd,
        spentUsd,
        epoch: link.epoch,
        ...(isAsking ? { drawnAt: sql<Date>`now()` } : {}),
        // Since when it asks in vain, not when it did so last.
        refusedAt: refused ? sql<Date>`coalesce(budget_allowance.refused_at, now())` : null,
      }),
    )
    .execute();
}
