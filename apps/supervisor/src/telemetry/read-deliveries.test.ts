import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AuditEvent } from '@clawster/gateway/protocol';
import { expect, test } from 'vitest';
import { keepDelivery } from './delivery-mark.ts';
import { hasOpenDeliveries, tellDeliveries } from './read-deliveries.ts';
import { openSpool } from './spool.ts';

const written = Date.parse('2026-11-27T10:00:00Z');
const answer = (run: string, afterMs = 0) => ({
  id: `${run}:out`,
  traceId: run,
  channel: 'telegram',
  startedAt: new Date(written + afterMs).toISOString(),
  characters: 5,
});
let sequence = 0;
const event = (action: string, afterMs: number, more: Partial<AuditEvent>): AuditEvent => ({
  sequence: (sequence += 1),
  eventId: `event-${sequence}`,
  occurredAt: written + afterMs,
  action: `message.${action}`,
  channel: 'telegram',
  ...more,
});
const sent = (afterMs: number, outcome = 'sent') => event('outbound.finished', afterMs, { outcome, durationMs: 500 });
const processed = (afterMs: number, runId?: string, outcome = 'completed') =>
  event('inbound.processed', afterMs, { outcome, ...(runId ? { runId } : {}) });

async function tell(runs: ReturnType<typeof answer>[], events: AuditEvent[], afterMs = 2_000) {
  const spool = await openSpool(join(mkdtempSync(join(tmpdir(), 'deliveries-')), 'spool.jsonl'));
  for (const run of runs) spool.mark(keepDelivery(run));
  tellDeliveries(spool, events, written + afterMs);
  const told = spool.nextBatch()?.items ?? [];
  return { spool, told: told.map(({ kind, data }) => [kind, data['id'], data['outcome'], data['durationMs']]) };
}

test('an answer is told with what became of it, once its message is done with', async () => {
  const { told, spool } = await tell([answer('a')], [sent(600), processed(610, 'a')]);
  expect(told).toEqual([['message-out', 'a:out', 'ok', 500]]);
  expect(hasOpenDeliveries(spool)).toBe(false);
  expect((await tell([answer('a')], [sent(600, 'failed'), processed(610, 'a')])).told[0]?.[2]).toBe('failed');
  expect((await tell([answer('a')], [sent(600, 'suppressed'), processed(610, 'a')])).told[0]?.[2]).toBe('refused');
});

test('one of which nothing was said yet is waited for, and after a minute told as never seen to go out', async () => {
  const waiting = await tell([answer('a')], []);
  expect([waiting.told, hasOpenDeliveries(waiting.spool)]).toEqual([[], true]);
  expect((await tell([answer('a')], [], 61_000)).told).toEqual([['message-out', 'a:out', 'interrupted', 0]]);
  // Of a turn that a restart ran again no message is done with: what went out is its answer all the same.
  expect((await tell([answer('a')], [sent(600)], 61_000)).told).toEqual([['message-out', 'a:out', 'ok', 500]]);
});

test('two that went out at one time are told apart by nothing but how their runs ended', async () => {
  const both = [answer('a'), answer('b')];
  const ends = [sent(500), sent(510, 'failed'), processed(600, 'a'), processed(610, 'b', 'failed')];
  expect((await tell(both, ends)).told).toEqual([
    ['message-out', 'a:out', 'ok', 0],
    ['message-out', 'b:out', 'failed', 0],
  ]);
});

test('what came in and led to no turn is told as such, a duplicate and what a run took up are not', async () => {
  const skipped = { ...processed(10, undefined, 'skipped'), reasonCode: 'reply_operation_active' };
  const { told } = await tell(
    [],
    [
      skipped,
      processed(20, undefined, 'failed'),
      { ...processed(30, undefined, 'skipped'), reasonCode: 'duplicate' },
      processed(40, 'a', 'failed'),
      processed(50),
    ],
  );
  expect(told.map(([kind, , outcome]) => [kind, outcome])).toEqual([
    ['message-in', 'refused'],
    ['message-in', 'failed'],
  ]);
});
