import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { effectiveOf } from '@clawster/domain/config/effective';
import type { Delivery, TeamCall } from '@clawster/link/team';
import { testRuntime } from '@clawster/runtime/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { until } from '../testing/link-server.ts';
import { realStartTimeoutMs } from '../testing/real-gateway.ts';
import { type RecordingProvider, startRecordingProvider } from '../testing/recording-provider.ts';
import { type Supervised, supervised } from '../testing/supervised.ts';

/** One bot with the real OpenClaw, in a team: each test goes on where the one before ended. */
let bot: Supervised;
let provider: RecordingProvider;
const tools = ['delegate' as const, 'task_status' as const];
const timeout = 2 * realStartTimeoutMs;

beforeAll(async () => {
  provider = await startRecordingProvider();
  bot = await supervised({ waitMs: realStartTimeoutMs, runtime: await testRuntime() });
  const facts = { name: 'Shop', charter: 'We sell bicycles.', title: 'Support', isLead: false, tools, teammates: [] };
  const { document, files } = effectiveOf({ name: 'Ada', provider: 'openai-compatible', model: 'demo', team: facts });
  await bot.configure({
    document,
    files,
    team: { teamName: 'Shop', isLead: false, tools },
    model: { provider: 'openai-compatible', model: 'demo', baseUrl: provider.baseUrl, apiKey: randomUUID() },
  });
  await bot.reaches('ready', 1);
}, timeout);
afterAll(async () => {
  await bot?.close();
  await provider?.close();
});
beforeEach(() => {
  bot.link.asked.length = 0;
  bot.link.answers['team.call'] = () => ({ text: 'It is done', isError: false });
});

const calls = () => bot.link.askedBy<TeamCall>('team.call');
const say = (message: string, conversation: string = randomUUID()) =>
  bot.link.ask('turn.start', { conversation, turnId: randomUUID(), message });
const toolText = async (conversation: string) => {
  const { items } = (await bot.link.ask('turn.history', { conversation, limit: 50 })) as {
    items: { role: string; text: string; failed?: boolean }[];
  };
  return items.filter(({ role }) => role === 'tool');
};
const call = (tool: string, input: object) => `#demo tool ${tool} ${JSON.stringify(input)}`;
const task = { to: 'Max', title: 'Look', task: 'Look at it' };

test(
  'the model sees the tools of its role beside its own, and none that reaches another bot',
  { timeout },
  async () => {
    await say('#demo text Hello');
    expect(provider.requests.at(-1)?.tools).toEqual([
      'clawster__delegate',
      'clawster__task_status',
      'read',
      'session_status',
    ]);
  },
);

test.each([
  'sessions_send',
  'sessions_spawn',
  'agents_list',
  'conversations_send',
  'message',
  'exec',
  'clawster__write_context',
])('%s, called by its name, does not work', { timeout }, async (name) => {
  const conversation = randomUUID();
  await say(call(name, {}), conversation);
  expect(await toolText(conversation)).toEqual([expect.objectContaining({ failed: true })]);
  expect(calls()).toEqual([]);
});

test('a call carries the conversation it is really of', { timeout }, async () => {
  const conversation = randomUUID();
  await say(call('clawster__delegate', task), conversation);
  expect(calls()).toEqual([
    expect.objectContaining({ tool: 'delegate', session: `agent:main:clawster:${conversation}`, arguments: task }),
  ]);
  expect((await toolText(conversation))[0]?.text).toBe('It is done');
});

test('a conversation that a model writes itself into a call is never carried', { timeout }, async () => {
  await say(call('clawster__delegate', { ...task, _clawster: { session: 'agent:main:other' } }));
  await say(call('clawster__delegate', { ...task, _clawster: randomUUID() }));
  expect(calls().filter(({ session }) => !session?.startsWith('agent:main:clawster:'))).toEqual([]);
});

function delivery(message: string, change: Partial<Delivery> = {}): Delivery {
  const id = randomUUID();
  const session = `agent:main:clawster-task:${id}`;
  return {
    id,
    attempt: 1,
    session,
    message,
    context: '',
    tools: 'all',
    teamTools: [...tools],
    timeoutSeconds: 300,
    ...change,
  };
}
type Ended = { id: string; outcome: string; text: string };
const ended = (id: string) =>
  until(
    () => bot.link.askedBy<Ended>('delegation.ended').find((end) => end.id === id),
    realStartTimeoutMs,
    `the end of ${id}`,
  );

test('a call that waits is answered by settle, and one whose turn is taken back is dropped', { timeout }, async () => {
  bot.link.answers['team.call'] = () => ({ text: '', isError: false, waitMs: 60_000 });
  const one = delivery(call('clawster__delegate', task));
  await bot.link.ask('delegation.deliver', one);
  const [waiting] = await until(() => calls().length > 0 && calls(), 60_000, 'the call');
  await bot.link.ask('team.settle', { callId: waiting?.callId ?? '', text: 'Settled', isError: false });
  expect(await ended(one.id)).toMatchObject({ outcome: 'done', text: expect.stringContaining('Settled') });

  const other = delivery(call('clawster__delegate', task));
  await bot.link.ask('delegation.deliver', other);
  await until(() => calls().length > 1, 60_000, 'the second call');
  await bot.link.ask('delegation.cancel', { id: other.id, reason: 'Not needed' });
  await until(() => bot.link.askedBy('team.drop').length > 0, 30_000, 'the call to be dropped');
  expect(await ended(other.id)).toMatchObject({ outcome: 'aborted' });
});

test('a delegation is told its context, and has no more tools than it carries', { timeout }, async () => {
  const one = delivery(call('read', { path: 'SOUL.md' }), {
    tools: [],
    teamTools: ['task_status'],
    context: 'MARK-42',
  });
  await bot.link.ask('delegation.deliver', one);
  expect((await ended(one.id)).text).toContain('This task is done without read');
  const [first] = provider.requests.filter(({ system }) => system.includes('MARK-42'));
  expect(first?.tools).toEqual(['clawster__task_status', 'read', 'session_status']);
});

test('one that is under way when its gateway is killed is done once, and ends once', { timeout }, async () => {
  const one = delivery('#demo slow 40');
  const before = provider.requests.length;
  await bot.link.ask('delegation.deliver', one);
  await until(() => bot.link.askedBy('delegation.began').length > 0, 60_000, 'it to begin');
  await until(() => provider.requests.length > before, 60_000, 'the model to be asked');
  const pidOf = async () =>
    (JSON.parse(await readFile(join(bot.directory, 'gateway.pid'), 'utf8')) as { pid: number }).pid;
  process.kill(await pidOf(), 'SIGKILL');
  expect(await ended(one.id)).toMatchObject({ outcome: 'done' });
  expect(bot.link.askedBy('delegation.ended')).toHaveLength(1);
  expect(bot.link.askedBy('delegation.began')).toHaveLength(1);
});
