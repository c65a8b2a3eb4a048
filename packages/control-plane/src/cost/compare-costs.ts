import { api } from '@clawster/contract/api';
import type { CompareCosts } from '@clawster/contract/cost';
import { compareTurns } from '@clawster/domain/cost/comparison';
import { Refusal } from '@clawster/domain/refusal';
import { databaseNow } from '../database-now.ts';
import { query } from '../query.ts';
import { refuseUnknownBot } from '../revision/revision.queries.ts';
import type { Tx } from '../transaction.ts';
import { selectTurns } from './turn-costs.queries.ts';

const dayMs = 86_400_000;

/** What a change of a bot did to its turns: those of some days before it against those after. */
export const compareCosts = query(api.costs.comparison, async ({ tx }, asked) => {
  const { botId, days, revision } = asked;
  await refuseUnknownBot(tx, botId);
  const at = await momentOf(tx, asked);
  const from = new Date(at.getTime() - days * dayMs);
  const to = new Date(Math.min(at.getTime() + days * dayMs, (await databaseNow(tx)).getTime()));
  if (to < at) throw new Refusal('invalid', 'The moment is still to come: name one that is over');
  const span = { from: from.toISOString(), at: at.toISOString(), to: to.toISOString() };
  const { before, after } = await selectTurns(tx, botId, span);
  const others = await tx
    .selectFrom('revision')
    .select('number')
    .where('botId', '=', botId)
    .where('at', '>', from)
    .where('at', '<', to)
    .where('number', '!=', revision ?? 0)
    // With the first nothing was before.
    .where('number', '>', 1)
    .orderBy('number')
    .execute();
  return { ...span, otherRevisions: others.map(({ number }) => number), measures: compareTurns(before, after) };
});

async function momentOf(tx: Tx, { botId, revision, at }: CompareCosts): Promise<Date> {
  if (revision === undefined) return new Date(at as string);
  const found = await tx
    .selectFrom('revision')
    .select('at')
    .where('botId', '=', botId)
    .where('number', '=', revision)
    .executeTakeFirst();
  if (!found) throw new Refusal('not-found', `This bot has no revision ${revision}`);
  return found.at;
}
