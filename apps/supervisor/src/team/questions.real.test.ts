import { randomUUID } from 'node:crypto';
import { effectiveOf } from '@clawster/domain/config/effective';
import type { GatewayQuestion } from '@clawster/link/team';
import { testRuntime } from '@clawster/runtime/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { until } from '../testing/link-server.ts';
import { realStartTimeoutMs } from '../testing/real-gateway.ts';
import { type RecordingProvider, startRecordingProvider } from '../testing/recording-provider.ts';
import { type Supervised, supervised } from '../testing/supervised.ts';

/** One bot with the real OpenClaw, which was given what the baseline closes to every bot: tools that ask a person. */
let bot: Supervised;
let provider: RecordingProvider;
const timeout = 2 * realStartTimeoutMs;

beforeAll(async () => {
  provider = await startRecordingProvider();
  bot = await supervised({ waitMs: realStartTimeoutMs, runtime: await testRuntime() });
  const { document, files } = effectiveOf({ name: 'Ada', provider: 'openai-compatible', model: 'demo' });
  const tools = document['tools'] as { deny: string[] };
  const open = { ...tools, allow: ['read', 'exec', 'ask_user'], deny: ['gateway'], exec: { mode: 'ask' } };
  await bot.configure({
    document: { ...document, tools: open },
    files,
    model: { provider: 'openai-compatible', model: 'demo', baseUrl: provider.baseUrl, apiKey: randomUUID() },
  });
  await bot.reaches('ready', 1);
}, timeout);
afterAll(async () => {
  await bot?.close();
  await provider?.close();
});
beforeEach(() => void (bot.link.asked.length = 0));

/** Has the model call a tool that asks; what was asked, and the tool's answer once it was decided. */
async function asked(tool: string, input: object) {
  const conversation = randomUUID();
  const turn = bot.link.ask('turn.start', {
    conversation,
    turnId: randomUUID(),
    message: `#demo tool ${tool} ${JSON.stringify(input)}`,
  });
  const question = await until(() => bot.link.askedBy<GatewayQuestion>('question.raise')[0], 60_000, 'the question');
  expect(question.session).toBe(`agent:main:clawster:${conversation}`);
  const came = async () => {
    await turn;
    const { items } = (await bot.link.ask('turn.history', { conversation, limit: 50 })) as {
      items: { role: string; text: string }[];
    };
    return items.find(({ role }) => role === 'tool')?.text;
  };
  return { question, came };
}
const resolve = (question: GatewayQuestion, answer: { approved: boolean; answer?: string }) =>
  bot.link.ask('question.resolve', { id: question.id, kind: question.kind, ...answer });

test('a command that OpenClaw asks about is put before people, and runs once they let it', { timeout }, async () => {
  const { question, came } = await asked('exec', { command: 'uname -s' });
  expect(question).toMatchObject({ kind: 'exec', title: 'Run a command', choices: [] });
  expect(question.content[0]).toEqual({ label: 'Command', text: 'uname -s' });
  expect(Date.parse(question.expiresAt ?? '')).toBeGreaterThan(Date.now());
  await resolve(question, { approved: true });
  expect(await came()).toContain('Linux');
  expect(bot.link.askedBy('question.withdraw')).toEqual([]);
});

test('a command that people refuse does not run, and the model is told', { timeout }, async () => {
  const { question, came } = await asked('exec', { command: 'uname -r' });
  await resolve(question, { approved: false });
  expect(await came()).toMatch(/denied/i);
});

test('what the model asks with ask_user is put before people with its choices, and answered', { timeout }, async () => {
  const options = [{ label: 'Red' }, { label: 'Blue' }];
  const { question, came } = await asked('ask_user', {
    questions: [{ id: 'colour', header: 'Colour', question: 'Which colour?', options }],
  });
  expect(question).toMatchObject({
    kind: 'question',
    title: 'Colour',
    content: [{ label: 'Colour', text: 'Which colour?' }],
    choices: ['Red', 'Blue'],
  });
  await resolve(question, { approved: true, answer: 'Blue' });
  expect(await came()).toContain('Blue');
});
