import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GatewayClient } from '@clawster/gateway/client';
import { pageOf } from '@clawster/gateway/stand-in/session';
import type { Capture } from '@clawster/link/span';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { capturing } from './capturing.ts';
import { forgetSession, readSession } from './read-session.ts';
import { openSpool, type Spool } from './spool.ts';

const telegram = 'agent:main:telegram:direct:42';
const own = 'agent:main:clawster:one';
const usage = { input: 100, output: 5, cacheRead: 0, cacheWrite: 0 };
const policy: Capture = { mode: 'full', people: 'names', pseudonymKey: '' };

type Said = Record<string, unknown> & { role: string; runId?: string; senderId?: string };
/** A conversation as OpenClaw keeps it: numbered, a second after another, from an hour of a day on. */
function record(said: Said[], first = 1) {
  return said.map(({ runId, senderId, ...message }, index) => {
    const at = Date.parse('2026-11-27T10:00:00Z') + (first + index) * 1_000;
    const sender = senderId ? { senderId, senderName: 'Ada', transport: { channel: 'telegram' } } : {};
    const kept = { id: `m${first + index}`, seq: first + index, recordTimestampMs: at, ...(runId ? { runId } : {}) };
    return { timestamp: at - 100, ...message, __openclaw: { ...kept, ...sender } };
  });
}
const asks = (text: string, runId?: string): Said => ({
  role: 'user',
  content: text,
  ...(runId ? { idempotencyKey: `${runId}:user` } : { senderId: '42', idempotencyKey: 'channel-user:v1:aa' }),
});
const says = (runId: string, text: string, more: Record<string, unknown> = {}): Said => ({
  role: 'assistant',
  content: [{ type: 'text', text }],
  provider: 'clawster',
  model: 'demo',
  usage,
  stopReason: 'stop',
  responseId: `r-${runId}-${text}`,
  runId,
  ...more,
});
const calls = (runId: string, ...ids: string[]): Said =>
  says(runId, '', {
    stopReason: 'toolUse',
    responseId: `r-${runId}-${ids.join('')}`,
    content: ids.map((id) => ({ type: 'toolCall', id, name: 'read', arguments: { path: id } })),
  });
const gives = (runId: string, toolCallId: string, isError = false): Said => ({
  role: 'toolResult',
  toolCallId,
  toolName: 'read',
  content: [{ type: 'text', text: isError ? 'No such file' : 'A line' }],
  isError,
  runId,
});
const aborted = (runId: string): Said =>
  says(runId, 'It is', { provider: 'openclaw', openclawAbort: { runId }, responseId: undefined });
const fails = (runId: string): Said =>
  says(runId, '⚠️ The provider said no', {
    stopReason: 'error',
    idempotencyKey: `${runId}:terminal-error`,
    usage: { input: 0, output: 0 },
    responseId: undefined,
  });

type Gateway = {
  sessionId: string;
  messages: Record<string, unknown>[];
  sessionInfo?: Record<string, unknown>;
};
const clientOf = (gateway: Gateway) =>
  ({
    call: async (_: string, { sessionKey, limit, offset }: { sessionKey: string; limit: number; offset: number }) => {
      const { sessionId, messages, sessionInfo } = gateway;
      const page = pageOf({ sessionId, messages, standing: { updatedAt: 0 } }, { limit, offset });
      return { sessionKey, sessionId, ...page, sessionInfo };
    },
  }) as unknown as GatewayClient;

type Item = Record<string, unknown> & { kind: string };
const place = () => join(mkdtempSync(join(tmpdir(), 'ledger-')), 'spool.jsonl');
const toldBy = (spool: Spool) => spool.nextBatch()?.items.map(({ kind, data }): Item => ({ kind, ...data })) ?? [];
async function read(gateway: Gateway, sessionKey: string, options: { spool?: Spool; began?: number } = {}) {
  const spool = options.spool ?? (await openSpool(place()));
  const host = { spool, log: () => {} };
  const reading = { sessionKey, capturing: capturing(policy), began: options.began ?? 0 };
  await readSession(host, clientOf(gateway), reading);
  return {
    spool,
    forget: () => forgetSession(host, reading),
    /** What it holds is on its way from then on: to be asked for once. */
    get told() {
      return toldBy(spool);
    },
  };
}
const tell = async (said: Said[], sessionKey = own, sessionInfo?: Record<string, unknown>) =>
  (await read({ sessionId: 's', messages: record(said), ...(sessionInfo ? { sessionInfo } : {}) }, sessionKey)).told;
const brief = (told: Record<string, unknown>[]) =>
  told.map(({ kind, id, outcome, parentId }) =>
    [kind, id, outcome, parentId].flatMap((one) => (typeof one === 'string' ? [one] : [])).join(' '),
  );

test('a turn is told with its messages, answers and calls, each within it', async () => {
  const told = await tell([asks('Hi', 'run'), calls('run', 'a'), gives('run', 'a'), says('run', 'Done')]);
  expect(brief(told)).toEqual([
    'message-in m1 run',
    'model-message m2 run',
    'tool-call run:a ok run',
    'model-message m4 run',
    'message-out m4:out run',
    'turn run ok',
  ]);
  expect(told[2]).toMatchObject({ name: 'read', durationMs: 1_000, characters: { in: 12, out: 6 } });
  expect(told[3]).toMatchObject({ model: 'demo', responseId: 'r-run-Done', usage, durationMs: 100, traceId: 'run' });
  expect(told.at(-1)).toMatchObject({
    startedAt: '2026-11-27T10:00:00.900Z',
    durationMs: 3_100,
    tools: ['read'],
    toolCalls: 1,
    modelCalls: 2,
    text: { in: 'Hi', out: 'Done' },
    session: own,
    channel: 'clawster',
  });
});

test('a turn says how often in a row it made the same call with the same arguments', async () => {
  const turnOf = async (...messages: Said[]) =>
    (await tell([asks('Hi', 'run'), ...messages, says('run', 'Done')])).at(-1);
  const call = (path: string) => [calls('run', path), gives('run', path)];
  expect(await turnOf()).toMatchObject({ repeats: 0 });
  expect(await turnOf(...call('a'), ...call('b'))).toMatchObject({ repeats: 1 });
  expect(await turnOf(...call('a'), ...call('a'), ...call('a'), ...call('b'))).toMatchObject({ repeats: 3 });
});

test('what comes from a channel is of the run that answers it, and says who wrote', async () => {
  const { told, spool } = await read({ sessionId: 's', messages: record([asks('Hi'), says('r1', 'Hello')]) }, telegram);
  expect(brief(told)).toEqual(['message-in m1 r1', 'model-message m2 r1', 'turn r1 ok']);
  expect(told[0]).toMatchObject({ person: { id: '42', name: 'Ada' }, channel: 'telegram', text: { in: 'Hi' } });
  expect(spool.markOf('out:m2:out')).toMatchObject({ traceId: 'r1', text: { out: 'Hello' } });
});

test.each([
  ['a failure with its sentence', [asks('Hi', 'a'), fails('a')], 'failed', 'The provider said no'],
  ['what was broken off', [asks('Hi', 'a'), aborted('a')], 'aborted', undefined],
  [
    'what the next turn took the place of',
    [asks('Hi', 'a'), calls('a', 'x'), asks('Go', 'b')],
    'interrupted',
    undefined,
  ],
  [
    'what a restart ran again',
    [asks('Hi', 'a'), asks('[System] Your previous turn was interrupted', 'b')],
    'interrupted',
    undefined,
  ],
] as const)('%s ends a turn', async (_, said, outcome, failure) => {
  const turn = (await tell([...said])).find(({ kind }) => kind === 'turn');
  expect([turn?.['id'], turn?.['outcome'], turn?.['failure']]).toEqual(['a', outcome, failure]);
});

test('a message from a channel that no run took up is told when a restart runs it again, whose run answers nobody twice', async () => {
  const told = await tell([asks('Hi'), asks('[System] Interrupted', 'b'), says('b', 'Here I am')], 'agent:main:main');
  expect(brief(told)).toEqual([
    'message-in m1 m1',
    'turn m1 interrupted',
    'model-message m3 b',
    'message-out m3:out b',
    'turn b ok',
  ]);
});

test('who writes on while a turn goes on joins it, or begins the next when another run answers', async () => {
  const steered = [asks('Hi'), calls('a', 'x'), asks('And?'), gives('a', 'x'), says('a', 'Both')];
  expect(brief(await tell(steered, 'agent:main:main'))).toContain('message-in m3 a');
  const queued = [asks('Hi'), calls('a', 'x'), asks('And?'), says('b', 'Two')];
  expect(brief(await tell(queued, 'agent:main:main'))).toEqual([
    'message-in m1 a',
    'model-message m2 a',
    'tool-call a:x interrupted a',
    'turn a interrupted',
    'message-in m3 b',
    'model-message m4 b',
    'turn b ok',
  ]);
});

test('a run that answers twice has two turns in one trace', async () => {
  const told = await tell([asks('Hi'), says('a', 'One'), asks('More'), says('a', 'Two')], 'agent:main:main');
  const turns = told.filter(({ kind }) => kind === 'turn');
  expect(turns.map((turn) => [turn['id'], turn['traceId']])).toEqual([
    ['a', 'a'],
    ['a:2', 'a'],
  ]);
});

test('a turn that was given up before a word was said is told by how its session stands', async () => {
  const ended = { endedAt: Date.parse('2026-11-27T10:00:05Z'), lastRunId: 'a', hasActiveRun: false };
  expect(brief(await tell([asks('Hi', 'a')], own, { ...ended, status: 'killed' }))).toContain('turn a aborted');
  expect(brief(await tell([asks('Hi')], own, { ...ended, status: 'failed' }))).toContain('turn a failed');
  for (const stands of [
    { status: 'running' },
    { status: 'killed', hasActiveRun: true },
    { status: 'done', endedAt: Date.parse('2026-11-27T10:00:00Z') },
    { status: 'done', lastRunId: 'another' },
  ])
    expect(brief(await tell([asks('Hi', 'a')], own, { ...ended, ...stands }))).toEqual(['message-in m1 a']);
});

test('words that were written while it was asked how the session stands are the end of the turn, and not its second', async () => {
  const messages = record([asks('Hi', 'a'), says('a', 'One')]);
  const ended = { status: 'done', hasActiveRun: false, lastRunId: 'a', endedAt: Date.parse('2026-11-27T10:00:09Z') };
  const gateway = { sessionId: 's', messages: messages.slice(0, 1), sessionInfo: ended };
  const client = clientOf(gateway);
  const call = client.call.bind(client);
  client.call = async (...asked: Parameters<GatewayClient['call']>) => {
    const answer = await call(...asked);
    gateway.messages = messages;
    return answer;
  };
  const spool = await openSpool(place());
  await readSession({ spool, log: () => {} }, client, { sessionKey: own, capturing: capturing(policy), began: 0 });
  expect(brief(toldBy(spool))).toEqual(['message-in m1 a', 'model-message m2 a', 'message-out m2:out a', 'turn a ok']);
});

test('messages that are gone unread are told as a gap, and nothing is guessed', async () => {
  const all = record([asks('Hi', 'a'), says('a', 'One'), asks('B', 'b'), says('b', 'Two'), asks('C', 'c')]);
  const gateway = { sessionId: 's', messages: all.slice(0, 1) };
  const { spool } = await read(gateway, own);
  gateway.messages = all.slice(3);
  const { told } = await read(gateway, own, { spool });
  expect(told.find(({ kind }) => kind === 'gap')).toMatchObject({ missing: 2, session: own });
  expect(brief(told)).toContain('turn a interrupted');
});

test('a conversation that was put back is read on from what is the same', async () => {
  const gateway = {
    sessionId: 's',
    messages: record([asks('Hi', 'a'), says('a', 'One'), asks('B', 'b'), says('b', 'Two')]),
  };
  const { spool } = await read(gateway, own);
  const again = record([asks('C', 'c'), says('c', 'Three')], 9).map((message, index) => ({
    ...message,
    __openclaw: { ...message.__openclaw, seq: 3 + index },
  }));
  gateway.messages = [...gateway.messages.slice(0, 2), ...again];
  expect(brief((await read(gateway, own, { spool })).told).slice(-4)).toEqual([
    'message-in m9 c',
    'model-message m10 c',
    'message-out m10:out c',
    'turn c ok',
  ]);
});

test('a conversation that began anew is read from its beginning, one that is gone is ended and forgotten', async () => {
  const gateway = { sessionId: 's', messages: record([asks('Hi', 'a')]) };
  const { spool } = await read(gateway, own);
  Object.assign(gateway, { sessionId: 't', messages: record([asks('Anew', 'b')]) });
  const { forget } = await read(gateway, own, { spool });
  forget();
  expect(brief(toldBy(spool))).toEqual([
    'message-in m1 a',
    'turn a interrupted',
    'message-in m1 b',
    'turn b interrupted',
  ]);
  expect(spool.markKeys()).toEqual([]);
});

test('what was written before anybody read here is not told', async () => {
  const began = Date.parse('2026-11-27T10:00:02.500Z');
  const messages = record([asks('Hi', 'a'), says('a', 'One'), asks('B', 'b'), says('b', 'Two')]);
  expect(brief((await read({ sessionId: 's', messages }, own, { began })).told)[0]).toBe('message-in m3 b');
});

test('read in any pieces, and killed between any two writes, each thing is told once and as if it had been read at once', () => {
  const pieces: ((run: string) => Said[])[] = [
    (run) => [asks('Hi', run), says(run, 'One')],
    (run) => [asks('Hi'), says(run, 'Two')],
    (run) => [asks('Hi', run), calls(run, 'x', 'y'), gives(run, 'y', true), gives(run, 'x'), says(run, 'Three')],
    (run) => [asks('Hi', run), fails(run)],
    (run) => [asks('Hi', run), calls(run, 'z'), aborted(run)],
    (run) => [asks('Hi'), calls(run, 'x'), asks('And?'), gives(run, 'x'), says(run, 'Four')],
    (run) => [asks('Hi', run), calls(run, 'w')],
    () => [asks('[System] Interrupted')],
  ];
  const lives = fc.array(fc.record({ upTo: fc.nat(80), writes: fc.nat(12) }), { maxLength: 12 });
  return fc.assert(
    fc.asyncProperty(fc.array(fc.nat(pieces.length - 1), { maxLength: 12 }), lives, async (which, kills) => {
      const messages = record(which.flatMap((piece, index) => pieces[piece]?.(`run${index}`) ?? []));
      const atOnce = (await read({ sessionId: 's', messages }, own)).told;
      const file = place();
      let length = 0;
      for (const { upTo, writes } of kills) {
        length = Math.max(length, upTo);
        const spool = mortal(await openSpool(file), writes);
        await read({ sessionId: 's', messages: messages.slice(0, length) }, own, { spool }).catch(expectKilled);
      }
      expect((await read({ sessionId: 's', messages }, own, { spool: await openSpool(file) })).told).toEqual(atOnce);
    }),
    { numRuns: 60 },
  );
});

/** A spool whose process is killed after so many writes. */
function mortal(spool: Spool, writes: number): Spool {
  let left = writes;
  const live = () => {
    if ((left -= 1) < 0) throw new Error('killed');
  };
  return {
    ...spool,
    add: (...item) => (live(), spool.add(...item)),
    mark: (marks) => (live(), spool.mark(marks)),
  };
}

function expectKilled(error: Error): void {
  expect(error.message).toBe('killed');
}
