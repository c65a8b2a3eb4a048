import type { BotHealth, HealthVerdict, Incident, IncidentEnding, Signal, SignalKind } from '@clawster/contract/health';
import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import { currentPhase } from '../bot/bot.queries.ts';
import { isVisible } from '../is-visible.ts';
import type { Tx } from '../transaction.ts';

/** Nobody looked for so long that nobody knows: longer than the loop takes to say again what it sees. */
const staleSeconds = 180;
const isStale = sql<boolean>`(health.checked_at is null or health.checked_at < now() - make_interval(secs => ${staleSeconds}))`;

/** The verdict as it may be told now. */
export const currentVerdict = sql<HealthVerdict>`(case when ${isStale} then 'unknown' else health.verdict end)`;
/** As the rules rank it; what nobody knows comes after what is bad. */
export const currentRank = sql<number>`(case when ${isStale} then 20 else health.rank end)`;
/** What is the matter, while anybody knows. */
export const currentCause = sql<string | null>`(case when not ${isStale} then health.cause end)`;

/** Bots with how they were found last. */
export function selectHealth(tx: Tx) {
  return tx
    .selectFrom('bot')
    .leftJoin('link', 'link.botId', 'bot.id')
    .leftJoin('botHealth as health', 'health.botId', 'bot.id')
    .leftJoin('incident', (join) => join.onRef('incident.botId', '=', 'bot.id').on('incident.endedAt', 'is', null))
    .where('bot.phase', '<>', 'destroyed')
    .select(['bot.id', 'bot.name', 'bot.createdAt', currentPhase.as('phase'), 'incident.id as incidentId'])
    .select(['health.why', 'health.fix', 'health.signal', 'health.failing', 'health.since', 'health.checkedAt'])
    .select([currentVerdict.as('verdict'), currentCause.as('cause'), isStale.as('isStale')]);
}
type Row = Awaited<ReturnType<ReturnType<typeof selectHealth>['executeTakeFirstOrThrow']>>;

const nobodyLooked = 'Nobody has looked at it lately';

export function toHealth(row: Row): BotHealth {
  const { id, name, phase, verdict, incidentId } = row;
  const bot = { botId: id, botName: name, phase, verdict, ...(incidentId ? { incidentId } : {}) };
  if (row.isStale || row.why === null) {
    const since = (row.checkedAt ?? row.createdAt).toISOString();
    return { ...bot, verdict: 'unknown', why: nobodyLooked, since, failing: [] };
  }
  return {
    ...bot,
    why: row.why,
    ...(row.fix ? { fix: row.fix } : {}),
    ...causeOf(row),
    since: (row.since ?? row.createdAt).toISOString(),
    failing: row.failing as Signal[],
  };
}

function causeOf({ signal, cause }: { signal: string | null; cause: string | null }): Pick<BotHealth, 'cause'> {
  return signal && cause ? { cause: { signal: signal as SignalKind, text: cause } } : {};
}

/** Incidents of the transaction's workspace. */
export function selectIncidents(tx: Tx) {
  return tx
    .selectFrom('incident')
    .innerJoin('bot', 'bot.id', 'incident.botId')
    .where(isVisible('incident'))
    .select(['incident.id', 'incident.botId', 'bot.name as botName', 'incident.signal', 'incident.cause'])
    .select(['incident.why', 'incident.fix', 'incident.beganAt', 'incident.endedAt', 'incident.ending']);
}
type IncidentRow = Awaited<ReturnType<ReturnType<typeof selectIncidents>['executeTakeFirstOrThrow']>>;

export function toIncident({ signal, cause, fix, beganAt, endedAt, ending, ...incident }: IncidentRow): Incident {
  return {
    ...incident,
    cause: { signal: signal as SignalKind, text: cause },
    ...(fix ? { fix } : {}),
    beganAt: beganAt.toISOString(),
    ...(endedAt && ending ? { endedAt: endedAt.toISOString(), ending: ending as IncidentEnding } : {}),
  };
}

export function noSuchIncident(): Refusal {
  return new Refusal('not-found', 'There is no such incident in this workspace');
}
