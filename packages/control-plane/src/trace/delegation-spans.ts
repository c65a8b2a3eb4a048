import type { Span, SpanOutcome } from '@clawster/contract/trace';
import { taskPrefix, taskSession } from '@clawster/domain/delegation/session';
import { type RawBuilder, sql } from 'kysely';
import type { DelegationRow } from '../delegation/delegation-row.ts';
import { isVisible } from '../is-visible.ts';
import type { Tx } from '../transaction.ts';
import type { TracedSpan } from './span.queries.ts';

/** More of one trace are not drawn. */
const delegationsMax = 500;
const outcomes: Record<string, SpanOutcome> = {
  refused: 'refused',
  failed: 'failed',
  expired: 'failed',
  cancelled: 'aborted',
};

/** The delegations of a trace; of a conversation in which one is worked at, those of all it belongs to. */
export async function delegationsOf(tx: Tx, traceId: string): Promise<DelegationRow[]> {
  return (
    tx
      .selectFrom('delegation')
      .selectAll()
      .where(
        sql<boolean>`delegation.trace_id in (select ${traceId} union select found.trace_id from span
        join delegation as found on found.to_bot_id = span.bot_id and found.id::text = substr(span.session, ${taskPrefix.length + 1})
        where span.trace_id = ${traceId} and starts_with(span.session, ${taskPrefix}))`,
      )
      .where(isVisible('delegation'))
      // Who sees some bots only is told of what is asked within the teams whose lead is among them.
      .where(sql<boolean>`delegation.team_id in (select id from team)`)
      .orderBy('requestedAt')
      .limit(delegationsMax)
      .execute()
  );
}

/** Holds for the spans of the conversations in which these were worked at. */
export function isOfThese(delegations: readonly DelegationRow[]): RawBuilder<boolean> {
  const botIds = delegations.map(({ toBotId }) => toBotId);
  const sessions = delegations.map(({ id }) => taskSession(id));
  return sql<boolean>`(span.bot_id, span.session) in (select * from unnest(${botIds}::uuid[], ${sessions}::text[]))`;
}

/** A span for each delegation: below the call it was asked by, and above all that its bot did for it. */
export function withDelegations(spans: readonly TracedSpan[], delegations: readonly DelegationRow[]): TracedSpan[] {
  const ids = new Map(delegations.map(({ id }) => [taskSession(id), spanId(id)]));
  const below = spans.map((traced) => {
    const above = traced.session === undefined ? undefined : ids.get(traced.session);
    return above && !traced.span.parentId ? { ...traced, span: { ...traced.span, parentId: above } } : traced;
  });
  const made = delegations.map((row): TracedSpan => ({
    traceId: row.traceId,
    isCall: false,
    span: spanOf(row, spans),
  }));
  return [...below, ...made].toSorted((one, other) => Date.parse(one.span.at) - Date.parse(other.span.at));
}

const spanId = (id: string) => `delegation:${id}`;

function spanOf(row: DelegationRow, spans: readonly TracedSpan[]): Span {
  const { id, toName, capability, requestedAt, endedAt, state, parentId } = row;
  const above = askedIn(row, spans) ?? (parentId ? spanId(parentId) : undefined);
  const outcome = outcomes[state] ?? 'ok';
  return {
    id: spanId(id),
    ...whose(row),
    kind: 'delegation',
    at: requestedAt.toISOString(),
    durationMs: (endedAt ?? new Date()).getTime() - requestedAt.getTime(),
    outcome,
    channel: '',
    name: toName ?? capability ?? '',
    inputTokens: 0,
    outputTokens: 0,
    cacheReadTokens: 0,
    cacheWriteTokens: 0,
    unpriced: 0,
    estimated: false,
    ...(outcome === 'ok' ? {} : { failure: row.reason }),
    ...(above ? { parentId: above } : {}),
  };
}

/** Of the bot that asked; where a person or a plan did, of the one that was asked. */
function whose(row: DelegationRow): Pick<Span, 'botId' | 'botName'> {
  const { fromKind, fromBotId, fromName, toBotId, toName, teamId } = row;
  // What a plan asks is asked in the lead's place, under the goal's name.
  if (fromKind === 'bot' && fromBotId) return { botId: fromBotId, botName: fromName };
  return { botId: toBotId ?? fromBotId ?? teamId, ...(toName ? { botName: toName } : {}) };
}

/** The tool's call, or the turn, of whoever asked, that was going on then. */
function askedIn(
  { fromBotId, fromSession, requestedAt }: DelegationRow,
  spans: readonly TracedSpan[],
): string | undefined {
  const atMs = requestedAt.getTime();
  const around = spans.filter(({ session, span: { botId, at, durationMs } }) => {
    const begin = Date.parse(at);
    return botId === fromBotId && session === (fromSession ?? undefined) && begin <= atMs && atMs <= begin + durationMs;
  });
  const call = around.findLast(({ span: { kind, name } }) => kind === 'tool-call' && name.endsWith('delegate'));
  return (call ?? around.findLast(({ span: { kind } }) => kind === 'turn'))?.span.id;
}
