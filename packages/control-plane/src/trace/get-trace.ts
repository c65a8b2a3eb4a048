import { api } from '@clawster/contract/api';
import { Refusal } from '@clawster/domain/refusal';
import { slicesOf } from '@clawster/domain/usage/slice';
import { sql } from 'kysely';
import type { SignedIn } from '../caller.ts';
import { databaseNow } from '../database-now.ts';
import type { DelegationRow } from '../delegation/delegation-row.ts';
import { query } from '../query.ts';
import type { Tx } from '../transaction.ts';
import { delegationsOf, isOfThese, withDelegations } from './delegation-spans.ts';
import { isSeen } from './seen.ts';
import { readSpans, sumOf } from './span.queries.ts';

const charactersMax = 20_000;
const dayMs = 86_400_000;
/** A trace lies within so many days around any of its spans. */
const spreadMs = 3 * dayMs;

/** All of a trace that the caller reaches, of every bot that took part. */
export const getTrace = query(api.traces.get, async ({ tx, caller }, { traceId, near }) => {
  const at = near ?? (await lastOf(tx, caller, traceId));
  const delegations = await delegationsOf(tx, traceId);
  const [asked] = delegations;
  const moment = at ?? asked?.requestedAt.toISOString();
  const found = moment ? await spansAround(tx, caller, { traceId, at: moment, delegations }) : { spans: [], more: 0 };
  const spans = withDelegations(found.spans, await seenOf(tx, caller, delegations));
  const [first] = spans;
  if (!first)
    throw new Refusal('not-found', 'There is no such trace among what you see; it may be older than it is kept');
  const ends = spans.map(({ span: { at: begin, durationMs } }) => Date.parse(begin) + durationMs);
  return {
    traceId,
    spans: spans.map(({ span }) => span),
    more: found.more,
    startedAt: first.span.at,
    endedAt: new Date(Math.max(...ends)).toISOString(),
    ...sumOf(found.spans),
  };
});

/** When the trace was last heard of; the latest days are looked through first. */
async function lastOf(tx: Tx, caller: SignedIn, traceId: string): Promise<string | undefined> {
  const nowMs = (await databaseNow(tx)).getTime();
  const range = { from: new Date(nowMs - daysMax * dayMs).toISOString(), to: new Date(nowMs + dayMs).toISOString() };
  for (const { from, to } of slicesOf(range)) {
    const { rows } = await sql<{ at: Date | null }>`
      select max(span.at) as at from span where span.trace_id = ${traceId} and ${isSeen('span', caller)}
        and span.at >= ${from}::timestamptz and span.at < ${to}::timestamptz`.execute(tx);
    if (rows[0]?.at) return rows[0].at.toISOString();
  }
  return undefined;
}
/** As long as spans may be kept at most. */
const daysMax = 3_650;

type Around = { traceId: string; at: string; delegations: readonly DelegationRow[] };

function spansAround(tx: Tx, caller: SignedIn, { traceId, at, delegations }: Around) {
  const [from, to] = [new Date(Date.parse(at) - spreadMs), new Date(Date.parse(at) + spreadMs)];
  const ids = [...new Set([traceId, ...delegations.map((row) => row.traceId)])];
  const own = sql`span.trace_id = any(${ids}::text[])`;
  const is = delegations.length === 0 ? own : sql`(${own} or ${isOfThese(delegations)})`;
  const where = sql`${is} and span.at >= ${from.toISOString()}::timestamptz and span.at <= ${to.toISOString()}::timestamptz`;
  return readSpans(tx, caller, { where, charactersMax });
}

/** Whoever reaches some bots only sees what was asked of those. */
async function seenOf(tx: Tx, caller: SignedIn, delegations: readonly DelegationRow[]): Promise<DelegationRow[]> {
  if (!caller.reach || delegations.length === 0) return [...delegations];
  const bots = await tx.selectFrom('bot').select('id').execute();
  const ids = new Set(bots.map(({ id }) => id));
  return delegations.filter(({ toBotId }) => toBotId !== null && ids.has(toBotId));
}
