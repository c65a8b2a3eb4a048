import { afterEach, expect, test } from 'vitest';
import { testCli } from './testing/cli.ts';
import { contractServer, type Handlers } from './testing/server.ts';

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
});

const botId = '3f1b5c1e-5a55-4d5e-9a55-0123456789ab';
const tokens = {
  inputTokens: 1_200,
  outputTokens: 30,
  cacheReadTokens: 0,
  cacheWriteTokens: 0,
  costUsd: 0.0123,
  unpriced: 1,
};
const bot = { botId, botName: 'Ada' };
const turn = (id: string, more: Record<string, unknown> = {}) => ({
  ...bot,
  ...tokens,
  id,
  traceId: `trace-${id}`,
  at: '2026-11-27T10:00:00.000000Z',
  durationMs: 4_200,
  outcome: 'ok',
  channel: 'telegram',
  tools: ['read'],
  toolCalls: 2,
  modelCalls: 2,
  ...more,
});
const span = (id: string, kind: string, more: Record<string, unknown> = {}) => ({
  ...bot,
  id,
  kind,
  at: '2026-11-27T10:00:00.000000Z',
  durationMs: 1_000,
  outcome: 'ok',
  channel: 'telegram',
  name: '',
  inputTokens: 0,
  outputTokens: 0,
  cacheReadTokens: 0,
  cacheWriteTokens: 0,
  unpriced: 0,
  estimated: false,
  ...more,
});

async function cliAt(handlers: Handlers) {
  const server = await contractServer({ 'bots.get': () => ({ id: botId, name: 'Ada' }), ...handlers });
  const cli = await testCli({ CLAWSTER_URL: server.url, CLAWSTER_API_KEY: 'key-1' });
  cleanUps.push(server.close, cli.remove);
  return { ...cli, server };
}

test('activity asks for what fits, and tells a turn in a line', async () => {
  const { run, server } = await cliAt({ 'traces.turns': () => ({ items: [turn('a')] }) });
  const argv = ['--bot', botId, '--tool', 'read', '--outcome', 'not-ok', '--search', 'parcel', '--since', '2026-11-01'];
  const { code, stdout } = await run(['activity', ...argv]);
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: expect.stringMatching(
      /2026-11-27T10:00:00 +Ada +telegram +ok +read \(2\) +1,200 in, 30 out +\$0\.0123\+ +4\.2 s +trace-a/,
    ),
  });
  expect(server.calls.at(-1)?.input).toMatchObject({
    botId,
    tool: 'read',
    outcome: 'not-ok',
    search: 'parcel',
    from: '2026-11-01T00:00:00.000Z',
    limit: 50,
  });
});

test('followed, each turn is told once, also one that began before others and ended after them', async () => {
  let asked = 0;
  const { run } = await cliAt({
    'traces.turns': () => ({
      items: (asked += 1) === 1 ? [turn('b'), turn('a')] : [turn('c'), turn('b'), turn('late'), turn('a')],
    }),
  });
  const until = AbortSignal.timeout(3_500);
  const { stdout } = await run(['activity', '--follow', '--json'], { signal: until });
  const told = stdout
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { id: string }).id);
  expect(told).toEqual(['a', 'b', 'late', 'c']);
});

test('an outcome that is none is refused', async () => {
  const { run } = await cliAt({});
  expect((await run(['activity', '--outcome', 'fine'])).code).toBe(2);
});

test('a trace is a waterfall: what happened in what, when, and how long', async () => {
  const spans = [
    span('t', 'turn', { durationMs: 4_000 }),
    span('c', 'model-call', {
      parentId: 't',
      name: 'm',
      ...tokens,
      at: '2026-11-27T10:00:01.000000Z',
      difference: { openclaw: { inputTokens: 7, outputTokens: 8 }, why: 'OpenClaw counted other tokens' },
    }),
    span('x', 'tool-call', {
      parentId: 't',
      name: 'read',
      outcome: 'failed',
      failure: 'No such file',
      at: '2026-11-27T10:00:02.000000Z',
    }),
  ];
  const { run } = await cliAt({
    'traces.get': () => ({
      ...tokens,
      traceId: 'run',
      spans,
      more: 3,
      startedAt: '2026-11-27T10:00:00Z',
      endedAt: '2026-11-27T10:00:04Z',
    }),
  });
  const lines = (await run(['trace', 'run'])).stdout.trimEnd().split('\n');
  expect(lines[0]).toBe('2026-11-27T10:00:00, 4.0 s, one bot, 1,200 in, 30 out, $0.0123+');
  expect(lines.slice(2)).toEqual([
    `${'█'.repeat(24)}     4.0 s  Ada: turn, telegram`,
    `${' '.repeat(6)}${'█'.repeat(6)}${' '.repeat(12)}     1.0 s    Ada: model-call m, 1,200 in, 30 out, $0.0123 OpenClaw counted other tokens: 7 in, 8 out`,
    `${' '.repeat(12)}${'█'.repeat(6)}${' '.repeat(6)}     1.0 s    Ada: tool-call read failed: No such file`,
    'and 3 more',
  ]);
});

test('a conversation is told from the earlier turn to the later, with how to see those of before', async () => {
  const conversation = {
    ...bot,
    session: 's',
    channel: 'telegram',
    firstAt: '2026-11-27T10:00:00Z',
    lastAt: '2026-11-27T10:00:00Z',
    turns: 2,
    failed: 0,
  };
  const items = [
    { ...turn('later', { text: { in: 'And now?' } }), spans: [span('x', 'tool-call', { name: 'read' })] },
    { ...turn('earlier', { text: { in: 'Hello', out: 'Hi' } }), spans: [] },
  ];
  const { run } = await cliAt({ 'traces.conversation': () => ({ conversation, items, nextCursor: 'next' }) });
  const { stdout } = await run(['conversation', 'show', botId, 's']);
  expect(stdout).toMatch(/> Hello\n {2}< Hi\n[^]*> And now\?\n.*tool-call read\n\nTurns of before: --cursor next/);
});

test('usage says how well it went, from when to when, and what is left out', async () => {
  const counted = { from: '2026-11-26T10:00:00Z', to: '2026-11-27T10:00:00Z', series: [] };
  const { run } = await cliAt({
    'traces.messages': () => ({
      ...counted,
      items: [
        {
          ...bot,
          channel: 'telegram',
          received: 4,
          sent: 3,
          turns: 4,
          failed: 1,
          unanswered: 1,
          p50Ms: 900,
          p95Ms: 3_000,
        },
      ],
      more: 2,
    }),
    'traces.tools': () => ({ ...counted, items: [{ ...bot, tool: 'read', uses: 10, failed: 0 }], more: 0 }),
    'traces.loops': () => ({ items: [] }),
    'traces.crossCheck': () => ({
      ...counted,
      items: [
        {
          botId,
          gateway: { calls: 1, inputTokens: 2, outputTokens: 3 },
          openclaw: { calls: 1, inputTokens: 2, outputTokens: 4 },
          unused: 5,
          unseen: 6,
          dropped: 7,
        },
      ],
    }),
  });
  const messages = (await run(['usage', 'messages', '--since', '24h'])).stdout;
  expect(messages).toMatch(/Ada +telegram +4 +3 +4 +1 \(25\.0 %\) +1 +900 ms +3\.0 s/);
  expect(messages).toContain('Counted from 2026-11-26T10:00 to 2026-11-27T10:00 UTC, and 2 more rows');
  expect((await run(['usage', 'tools'])).stdout).toMatch(/Ada +read +10 +0 \(0\.0 %\) +– +–/);
  expect((await run(['usage', 'loops'])).stdout).toContain('No turn went in circles');
  expect((await run(['usage', 'check'])).stdout).toMatch(new RegExp(`${botId} \\(gone\\) +1 +2 +3 +1 +2 +4 +5 +6 +7`));
});
