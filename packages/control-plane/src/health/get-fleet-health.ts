import { api } from '@clawster/contract/api';
import { type CauseGroup, HealthVerdict, type SignalKind } from '@clawster/contract/health';
import { sql } from 'kysely';
import { isReached } from '../access/is-reached.ts';
import type { SignedIn } from '../caller.ts';
import { query } from '../query.ts';
import type { Tx } from '../transaction.ts';
import { currentCause, currentVerdict } from './health.queries.ts';

/** How many bots are how, and what is the matter with those that are not well, what touches most of them first. */
export const getFleetHealth = query(api.health.fleet, async ({ tx, caller }) => {
  const counted = await selectReached(tx, caller)
    .select([currentVerdict.as('verdict'), sql<number>`count(*)::int`.as('bots')])
    .select(sql<number>`count(incident.id)::int`.as('open'))
    .groupBy(sql`1`)
    .execute();
  const of = (verdict: HealthVerdict) => counted.find((one) => one.verdict === verdict)?.bots ?? 0;
  return {
    total: counted.reduce((sum, { bots }) => sum + bots, 0),
    verdicts: Object.fromEntries(HealthVerdict.options.map((verdict) => [verdict, of(verdict)])) as Record<
      HealthVerdict,
      number
    >,
    causes: await readCauses(tx, caller),
    openIncidents: counted.reduce((sum, { open }) => sum + open, 0),
  };
});

function selectReached(tx: Tx, { workspaceId, reach }: SignedIn) {
  return tx
    .selectFrom('bot')
    .leftJoin('botHealth as health', 'health.botId', 'bot.id')
    .leftJoin('incident', (join) => join.onRef('incident.botId', '=', 'bot.id').on('incident.endedAt', 'is', null))
    .where('bot.workspaceId', '=', workspaceId)
    .where('bot.phase', '<>', 'destroyed')
    .where(isReached(reach));
}

async function readCauses(tx: Tx, caller: SignedIn): Promise<CauseGroup[]> {
  const rows = await selectReached(tx, caller)
    .where(currentCause, 'is not', null)
    .select(['health.signal', 'health.cause as text', sql<number>`count(*)::int`.as('bots')])
    .select(sql<string | null>`min(health.fix)`.as('fix'))
    .select(sql<Date>`min(health.since)`.as('since'))
    .select(
      sql<{ id: string; name: string }[]>`to_jsonb((array_agg(jsonb_build_object('id', bot.id, 'name', bot.name)
        order by lower(bot.name)))[:5])`.as('some'),
    )
    .groupBy(['health.signal', 'health.cause'])
    .orderBy('bots', 'desc')
    .orderBy(sql`min(health.rank)`)
    .orderBy('text')
    .execute();
  return rows.map(({ signal, text, fix, since, ...group }) => ({
    ...group,
    signal: signal as SignalKind,
    text: text as string,
    ...(fix ? { fix } : {}),
    since: since.toISOString(),
  }));
}
