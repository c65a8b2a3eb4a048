import { leastTokens, leastUsd, type HourUse, spikeOf } from '@clawster/domain/cost/spike';
import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import { change } from '../change.ts';
import type { ControlPlane } from '../plane.ts';
import { systemQuery } from '../query.ts';
import type { Tx } from '../transaction.ts';

const job = 'watch-spikes';
/** Who was told of a bot knows for so long. */
const quietHours = 6;
const daysBack = 14;

type Candidate = HourUse & {
  botId: string;
  botName: string | null;
  workspaceId: string;
  hour: Date;
  before: HourUse[];
};

/** Tells of bots whose cost or tokens of this hour so far, or of the hour before, are far above what is usual for them then. */
export async function watchSpikes(plane: ControlPlane, signal: AbortSignal): Promise<void> {
  const told = new Set<string>();
  for (const candidate of await systemQuery(plane, selectCandidates)) {
    if (signal.aborted) return;
    const spike = told.has(candidate.botId) ? undefined : spikeOf(candidate, candidate.before);
    if (!spike) continue;
    told.add(candidate.botId);
    await tell(plane, candidate, spike).catch((error: unknown) => {
      // Another replica was there first.
      if (!(error instanceof Refusal && error.code === 'conflict')) throw error;
    });
  }
}

/** Hours that come to enough to be told, of bots nobody was told of lately, with the same hours of the days before since their first use. */
async function selectCandidates(tx: Tx): Promise<Candidate[]> {
  const { rows } = await sql<Candidate>`
    with looked_at as (select workspace.id as workspace_id, date_trunc('hour', now(), 'UTC') - back * interval '1 hour' as hour
      from workspace cross join generate_series(0, 1) as back),
    used as (select bot_id, workspace_id, hour, ${use} from usage_hour join looked_at using (workspace_id, hour)
      where kind = 'model-call' group by 1, 2, 3)
    select used.bot_id as "botId", bot.name as "botName", used.workspace_id as "workspaceId", hour, usd::float8 as usd,
      tokens::float8 as tokens, (
        select coalesce(jsonb_agg(jsonb_build_object('usd', coalesce(past.usd, 0), 'tokens', coalesce(past.tokens, 0))), '[]')
        from generate_series(1, ${daysBack}) as back
        left join lateral (select ${use} from usage_hour as past where past.bot_id = used.bot_id and past.kind = 'model-call'
          and past.hour = used.hour - back * interval '1 day') as past on true
        where (used.hour at time zone 'UTC')::date - back >=
          (select min(day) from usage_day where usage_day.bot_id = used.bot_id and usage_day.kind = 'model-call')) as before
    from used left join bot on bot.id = used.bot_id
    where (usd >= ${leastUsd} or tokens >= ${leastTokens}) and not exists (${toldLately(sql`used.bot_id`)})
    order by hour desc, usd desc limit 500`.execute(tx);
  return rows;
}

const use = sql`sum(cost_usd) as usd, sum(input_tokens + output_tokens + cache_read_tokens + cache_write_tokens) as tokens`;
const toldLately = (botId: ReturnType<typeof sql>) => sql`
  select from cost_spike where cost_spike.bot_id = ${botId} and cost_spike.at > now() - make_interval(hours => ${quietHours})`;

function tell(
  plane: ControlPlane,
  candidate: Candidate,
  spike: NonNullable<ReturnType<typeof spikeOf>>,
): Promise<void> {
  const { botId, botName, workspaceId, hour } = candidate;
  const { usd, usualUsd, tokens, usualTokens, why } = spike;
  return change(plane, { workspaceId, job }, async ({ tx, record }) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${botId}, 31))`.execute(tx);
    const { rows } = await toldLately(sql`${botId}::uuid`).execute(tx);
    if (rows.length > 0) throw new Refusal('conflict', 'This was told already');
    const figures = { usd, usualUsd, tokens, usualTokens, why };
    await tx
      .insertInto('costSpike')
      .values({ botId, workspaceId, hour, ...figures })
      .execute();
    const detail = { hour: hour.toISOString(), ...figures };
    await record({ type: 'cost-spiked', subjectId: botId, ...(botName ? { subjectName: botName } : {}), detail });
  });
}
