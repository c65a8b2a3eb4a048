import type { GatewayClient } from '@clawster/gateway/client';
import { AuditEvent, AuditPage } from '@clawster/gateway/protocol';
import type { SpanOutcome } from '@clawster/link/span';
import { z } from 'zod';
import type { Spool } from './spool.ts';
import { Delivery, isOfDelivery, markOfDelivery } from './delivery-mark.ts';
import { iso } from './turn-spans.ts';

const pageLength = 200;
/** An answer that nothing was said of for so long was never seen to go out. */
const deliveryMsMax = 60_000;
/** Two clocks of one machine, one of which told the second. */
const slackMs = 2_000;

const markKey = 'audit';
/** `finished`: what went out lately, until the answers it may have been are told. */
const Mark = z.object({ sequence: z.number(), finished: z.array(AuditEvent).default([]) });
type Mark = z.infer<typeof Mark>;

/** What OpenClaw wrote down since it was read last of messages on channels, the oldest first. */
export async function newDeliveries(spool: Spool, client: GatewayClient, began: number): Promise<AuditEvent[]> {
  const { sequence } = markOf(spool);
  const events: AuditEvent[] = [];
  let cursor: string | undefined;
  do {
    const asked = { kind: 'message', limit: pageLength, after: began, ...(cursor ? { cursor } : {}) };
    const page = AuditPage.parse(await client.call('audit.activity.list', asked));
    events.push(...page.events.filter((event) => event.sequence > sequence && event.occurredAt >= began));
    const isReached = page.events.some((event) => event.sequence <= sequence);
    cursor = isReached ? undefined : (page.nextCursor ?? undefined);
  } while (cursor !== undefined);
  return events.toSorted((a, b) => a.sequence - b.sequence);
}

/** Whether an answer is on its way of which it is not known yet whether it went out. */
export function hasOpenDeliveries(spool: Spool): boolean {
  return spool.markKeys().some(isOfDelivery);
}

/**
 * Tells of each answer on a channel what became of it, and of messages that were let in and led to no turn. OpenClaw says
 * of what came in which run answered it, and of what went out only when and on which channel; its hashes of the two sides
 * of a conversation differ. So an answer is what went out between its being written and its message being done with; where
 * two were sent meanwhile with different outcomes it cannot be told which was which, and the run's own outcome is told.
 */
export function tellDeliveries(spool: Spool, events: AuditEvent[], now: number): void {
  for (const event of events) {
    const mark = markOf(spool);
    const after: Mark = { sequence: event.sequence, finished: mark.finished };
    if (event.action === 'message.outbound.finished') after.finished = [...recent(mark.finished, now), event];
    const answer =
      event.action === 'message.inbound.processed' && event.runId ? openDeliveryOf(spool, event.runId) : undefined;
    if (answer) tellAnswer(spool, answer, { after, until: event.occurredAt, run: event });
    else if (isUnanswered(event)) spool.add('message-in', leftOut(event), { [markKey]: after });
    else spool.mark({ [markKey]: after });
  }
  for (const answer of openDeliveries(spool)) {
    const until = Date.parse(answer.startedAt) + deliveryMsMax;
    if (until < now) tellAnswer(spool, answer, { after: markOf(spool), until });
  }
}

function markOf(spool: Spool): Mark {
  return Mark.safeParse(spool.markOf(markKey)).data ?? { sequence: 0, finished: [] };
}

function recent(events: AuditEvent[], now: number): AuditEvent[] {
  return events.filter(({ occurredAt }) => occurredAt > now - 2 * deliveryMsMax);
}

function openDeliveries(spool: Spool): Delivery[] {
  return spool
    .markKeys()
    .filter(isOfDelivery)
    .flatMap((key) => Delivery.safeParse(spool.markOf(key)).data ?? []);
}

function openDeliveryOf(spool: Spool, runId: string): Delivery | undefined {
  return openDeliveries(spool).find(({ traceId }) => traceId === runId);
}

function tellAnswer(
  spool: Spool,
  answer: Delivery,
  { after, until, run }: { after: Mark; until: number; run?: AuditEvent },
): void {
  const from = Date.parse(answer.startedAt) - slackMs;
  const sent = after.finished.filter(
    ({ channel, occurredAt }) => channel === answer.channel && occurredAt >= from && occurredAt <= until,
  );
  const { end, durationMs } = endOf(sent, run);
  const marks = { [markKey]: after, [markOfDelivery(answer)]: null };
  spool.add('message-out', { ...answer, ...end, durationMs }, marks);
}

type End = { outcome: SpanOutcome; failure?: string };

function endOf(sent: AuditEvent[], run?: AuditEvent): { end: End; durationMs: number } {
  const outcomes = new Set(sent.map(({ outcome }) => outcome));
  const only = outcomes.size === 1 ? sent[0] : undefined;
  const durationMs = sent.length === 1 ? (only?.durationMs ?? 0) : 0;
  if (only) return { end: outcomeOf(only), durationMs };
  if (run) return { end: outcomeOf(run), durationMs };
  return { end: { outcome: 'interrupted', failure: 'OpenClaw never said that the answer went out' }, durationMs };
}

const outcomes: Record<string, SpanOutcome> = {
  sent: 'ok',
  completed: 'ok',
  skipped: 'refused',
  suppressed: 'refused',
  failed: 'failed',
};

function outcomeOf({ outcome = '', reasonCode }: AuditEvent): End {
  const ended = outcomes[outcome] ?? 'failed';
  if (ended === 'ok') return { outcome: ended };
  const why = reasonCode ? `: ${reasonCode.replaceAll('_', ' ')}` : '';
  return { outcome: ended, failure: `OpenClaw says of the message: ${outcome}${why}` };
}

/** What names a run led to a turn, and what is completed without one may be in the conversation; a duplicate was told before. */
function isUnanswered({ action, outcome, runId, reasonCode }: AuditEvent): boolean {
  if (action !== 'message.inbound.processed' || runId !== undefined || reasonCode === 'duplicate') return false;
  return outcome === 'skipped' || outcome === 'failed';
}

/** Of whom and in which conversation is known to OpenClaw alone. */
function leftOut(event: AuditEvent) {
  const { eventId, occurredAt, channel = '', durationMs = 0 } = event;
  const startedAt = iso(occurredAt - durationMs);
  return { id: `audit:${eventId}`, startedAt, durationMs, channel, ...outcomeOf(event) };
}
