import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectGateway } from './client.ts';
import type { GatewayClient } from './client.ts';
import type { GatewayUnderTest } from './conformance.ts';
import { AuditPage, ChatHistory, SessionList, SessionTouched } from './protocol.ts';

/** What is read back afterwards of what a gateway did: the record from which turns are told. */
export function describeRecord(gateway: () => GatewayUnderTest, turnTimeoutMs: number): void {
  const runId = `record-${randomUUID()}`;
  const sessionKey = `agent:main:clawster:${runId}`;
  const touched: string[] = [];
  let client: GatewayClient;
  beforeAll(async () => {
    client = await connectGateway(gateway());
    client.onEvent(({ event, payload }) => {
      // A change of many sessions at once names none.
      const seen = SessionTouched.safeParse(payload).data;
      if (seen && (event === 'session.message' || event === 'sessions.changed'))
        touched.push(`${event} ${seen.sessionKey}`);
    });
    await client.call('sessions.subscribe', {});
    const run = { message: '#demo tool read {"path":"SOUL.md"}', sessionKey, idempotencyKey: runId, deliver: false };
    await client.run(run, { timeoutMs: turnTimeoutMs });
  }, turnTimeoutMs);
  afterAll(() => client?.close());
  const history = async (page: Record<string, unknown>) =>
    ChatHistory.parse(await client.call('chat.history', { sessionKey, ...page }));

  test('a conversation is read in pages from its newest message back, each message numbered and dated', async () => {
    const pages = [await history({ limit: 3, offset: 0, maxChars: 50_000 })];
    pages.unshift(await history({ limit: 3, offset: pages[0]?.nextOffset }));
    expect(pages.map(({ hasMore }) => hasMore)).toEqual([false, true]);
    expect(new Set(pages.map(({ sessionId }) => sessionId)).size).toBe(1);
    const messages = pages.flatMap((page) => page.messages);
    expect(messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'toolResult', 'assistant']);
    expect(messages.map(({ __openclaw }) => __openclaw?.seq)).toEqual([1, 2, 3, 4]);
    expect(messages.map(({ __openclaw }) => __openclaw?.runId)).toEqual([undefined, runId, runId, runId]);
    expect(messages[0]?.idempotencyKey).toBe(`${runId}:user`);
    for (const { __openclaw } of messages)
      expect([typeof __openclaw?.id, typeof __openclaw?.recordTimestampMs]).toEqual(['string', 'number']);
    expect(messages.map(({ stopReason }) => stopReason)).toEqual([undefined, 'toolUse', undefined, 'stop']);
  });

  test('how a session stands is told with it, and it is listed among those that changed last', async () => {
    await expect
      .poll(async () => (await history({ limit: 1 })).sessionInfo, { timeout: turnTimeoutMs })
      .toMatchObject({ status: 'done', hasActiveRun: false, lastRunId: runId, endedAt: expect.any(Number) });
    const { sessions } = SessionList.parse(
      await client.call('sessions.list', { limit: 5, offset: 0, sortBy: 'updatedAt' }),
    );
    expect(sessions.find(({ key }) => key === sessionKey)?.updatedAt).toEqual(expect.any(Number));
    expect(sessions).toEqual(sessions.toSorted((one, other) => (other.updatedAt ?? 0) - (one.updatedAt ?? 0)));
  });

  test('that something happened in a session is told to who listens', () => {
    expect(touched).toEqual(
      expect.arrayContaining([`session.message ${sessionKey}`, `sessions.changed ${sessionKey}`]),
    );
  });

  describeAudit(() => client, { runId, turnTimeoutMs });
}

function describeAudit(
  client: () => GatewayClient,
  { runId, turnTimeoutMs }: { runId: string; turnTimeoutMs: number },
) {
  test('what was done is written down under rising numbers, and read from the newest back', async () => {
    const page = async (more: Record<string, unknown>) =>
      AuditPage.parse(await client().call('audit.activity.list', { kind: 'agent_run', ...more }));
    await expect
      .poll(async () => (await page({ limit: 50 })).events.some((event) => event.runId === runId), {
        timeout: turnTimeoutMs,
      })
      .toBe(true);
    const [newest] = (await page({ limit: 1 })).events;
    const { nextCursor } = await page({ limit: 1 });
    const [next] = (await page({ limit: 1, cursor: nextCursor })).events;
    expect(newest?.sequence).toBeGreaterThan(next?.sequence ?? Number.POSITIVE_INFINITY);
    expect((await page({ limit: 50, after: Date.now() + 60_000 })).events).toEqual([]);
    const messages = AuditPage.parse(await client().call('audit.activity.list', { kind: 'message', limit: 200 }));
    expect(messages.events.map(({ action }) => action.split('.')[0])).toEqual(messages.events.map(() => 'message'));
  });
}
