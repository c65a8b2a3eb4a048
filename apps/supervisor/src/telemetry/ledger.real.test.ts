import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Configure } from '@clawster/link/supervisor-methods';
import { testRuntime } from '@clawster/runtime/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../testing/link-server.ts';
import { realStartTimeoutMs } from '../testing/real-gateway.ts';
import { type RecordingProvider, startRecordingProvider } from '../testing/recording-provider.ts';
import { type Supervised, supervised } from '../testing/supervised.ts';
import { withTelegram } from '../testing/telegram/telegram-document.ts';
import { startTelegramServer, type TelegramServer } from '../testing/telegram/telegram-server.ts';

/** The real OpenClaw on Telegram and in conversations of ours, with a provider that counts, and restarts in the middle. */
let telegram: TelegramServer;
let provider: RecordingProvider;
let bot: Supervised;
let wanted: Partial<Configure>;
beforeAll(async () => {
  telegram = await startTelegramServer();
  provider = await startRecordingProvider();
  bot = await supervised({ waitMs: realStartTimeoutMs, runtime: await testRuntime() });
  const { logging, ...document } = withTelegram(bot.wanted.document);
  const token = telegram.bot.issueToken();
  wanted = {
    document: { ...document, logging: { ...(logging as object), audit: { messages: 'all', executionIdentity: true } } },
    channels: ['telegram'],
    telegram: { apiRoot: telegram.apiRoot, token, allowPrivate: true },
    model: { provider: 'openai-compatible', model: 'demo', baseUrl: provider.baseUrl, apiKey: randomUUID() },
    capture: { mode: 'full', people: 'names', pseudonymKey: '' },
  };
  await configure(1);
}, 2 * realStartTimeoutMs);
afterAll(async () => {
  await bot?.close();
  await telegram?.close();
  await provider?.close();
});

async function configure(generation: number, change: Partial<Configure> = {}) {
  await bot.configure({ ...wanted, generation, ...change });
  await bot.reaches('ready', generation);
}
type Data = Record<string, unknown>;
const told = (kind: string): Data[] =>
  bot.link.telemetry.flatMap(({ items }) => items.filter((item) => item.kind === kind).map(({ data }) => data));
const turnsTold = () => told('turn').map(({ id, outcome }) => `${String(id)} ${String(outcome)}`);
const begun: string[] = [];
const begin = (message: string, conversation = 'one') => {
  const turnId = `turn-${begun.length + 1}-${randomUUID().slice(0, 8)}`;
  begun.push(turnId);
  return { turnId, ended: bot.link.ask('turn.start', { conversation, turnId, message }) };
};
const say = async (message: string, conversation?: string) => {
  const { turnId, ended } = begin(message, conversation);
  await ended;
  return turnId;
};
async function write(text: string): Promise<void> {
  const before = telegram.bot.sent.length;
  telegram.bot.write(42, text);
  await until(() => telegram.bot.sent.length > before, 180_000, `an answer to ${text}`);
}
const gatewayPid = async () =>
  (JSON.parse(await readFile(join(bot.directory, 'gateway.pid'), 'utf8')) as { pid: number }).pid;

async function someTurns(round: number): Promise<void> {
  await say(`#demo text Round ${round}`);
  await say('#demo tool session_status {}');
  await say('#demo tool read {"path":"SOUL.md"}', 'two');
  await say('#demo tool read {"path":"no-such-file.md"}', 'two');
  await say('#demo fail 400', 'three');
  await say(`#demo text Again ${round}`, 'three');
  await write(`Hello ${round}`);
  await write(`And again ${round}`);
}

test(
  'over two channels, two restarts and a kill, each answer, call and turn is told once, to the token',
  async () => {
    await someTurns(1);
    const pid = await gatewayPid();
    const killed = begin('#demo slow 60', 'killed');
    const answersBefore = provider.requests.length;
    await until(() => provider.requests.length > answersBefore, 60_000, 'the model to be asked');
    await sleep(1_000);
    process.kill(pid, 'SIGKILL');
    await killed.ended.catch(() => {});
    await until(async () => (await gatewayPid().catch(() => pid)) !== pid, realStartTimeoutMs, 'another gateway');
    await bot.reaches('ready', 1);
    await until(() => turnsTold().includes(`${killed.turnId} interrupted`), 180_000, 'the killed turn to be told');
    await someTurns(2);
    await configure(2, { restartCount: 1 });
    await someTurns(3);
    await bot.restart();
    await configure(3, { restartCount: 1 });
    await someTurns(4);
    await until(
      () => told('message-out').filter(({ channel }) => channel === 'telegram').length >= 8,
      90_000,
      'the last answer',
    );
    await sleep(3_000);

    const proofs = provider.answers.filter(({ asked }) => asked.includes('Reply with OK.'));
    const answers = provider.answers.filter((answer) => !proofs.includes(answer));
    const messages = told('model-message');
    const calls = told('model-call').filter(({ outcome }) => outcome === 'answered');
    expect(sorted(messages, 'responseId')).toEqual(answers.map(({ id }) => id).toSorted());
    expect(sorted(calls, 'responseId')).toEqual(provider.answers.map(({ id }) => id).toSorted());
    for (const { id, usage } of answers) {
      const { usage: counted } = messages.find(({ responseId }) => responseId === id) as { usage: Data };
      expect([counted['input'], counted['output']]).toEqual([usage.inputTokens, usage.outputTokens]);
    }
    const tools = told('tool-call').map(({ name, outcome }) => `${String(name)} ${String(outcome)}`);
    expect(countOf(tools)).toEqual({ 'session_status ok': 4, 'read ok': 4, 'read failed': 4 });
    expect(new Set(told('tool-call').map(({ id }) => id)).size).toBe(12);
    const turns = told('turn');
    expect(new Set(turns.map(({ id }) => id)).size).toBe(turns.length);
    for (const id of begun) expect(turns.filter((turn) => turn['id'] === id)).toHaveLength(1);
    // Those of ours, eight of Telegram, and the killed one as a restart ran it again.
    expect(turns).toHaveLength(begun.length + 8 + 1);
    expect(countOf(turns.map(({ outcome }) => String(outcome)))).toEqual({
      ok: turns.length - 5,
      failed: 4,
      interrupted: 1,
    });
    const sent = told('message-out').filter(({ channel }) => channel === 'telegram');
    expect(sent.map(({ outcome }) => outcome)).toEqual(sent.map(() => 'ok'));
    expect(sent).toHaveLength(8);
    expect(told('message-in').filter(({ channel }) => channel === 'telegram')[0]).toMatchObject({
      person: { id: '42', name: 'Person 42' },
    });
    expect(told('gap')).toEqual([]);
  },
  25 * 60_000,
);

const sorted = (items: Data[], key: string) => items.map((item) => String(item[key])).toSorted();

function countOf(words: string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}
