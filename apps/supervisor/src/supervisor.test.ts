import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { secretIds } from '@clawster/link/supervisor-methods';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from './testing/link-server.ts';
import { supervised, type Supervised } from './testing/supervised.ts';

const waitMs = 60_000;
let bot: Supervised;
let link: Supervised['link'];
let wanted: Supervised['wanted'];
beforeAll(async () => {
  bot = await supervised({ waitMs });
  ({ link, wanted } = bot);
}, waitMs);
afterAll(() => bot.close(), waitMs);

const state = () => bot.report();
const reaches = (name: string) => bot.reaches(name);
const say = async (message: string, parts: unknown[] = []) => {
  const turnId = randomUUID();
  return { turnId, answer: link.ask('turn.start', { conversation: 'main', turnId, message }, parts), parts };
};

test(
  'enrols with the join token and its own signature',
  async () => {
    await until(() => link.introductions[0], waitMs, 'an introduction');
    expect(link.introductions[0]).toMatchObject({
      method: 'enrol',
      params: { joinToken: 'canary-join-token', botId: bot.botId },
    });
  },
  waitMs,
);

test(
  'becomes ready after the gateway answered and a model turn came back, and says how long each took',
  async () => {
    await link.ask('configure', wanted);
    const report = await reaches('ready');
    expect(report).toMatchObject({
      generation: 1,
      gatewayVersion: '2026.9.6',
      steps: [
        { name: 'gateway', state: 'done' },
        { name: 'model', state: 'done' },
      ],
    });
  },
  waitMs,
);

test(
  'a turn streams, ends with its text, and shows the personality',
  async () => {
    const { answer, parts } = await say('Who are you?');
    expect(await answer).toEqual({ outcome: 'done' });
    expect(parts[0]).toMatchObject({ type: 'accepted' });
    expect(parts.filter((part) => (part as { type: string }).type === 'text').length).toBeGreaterThan(1);
    expect(parts.at(-1)).toMatchObject({
      type: 'done',
      text: expect.stringContaining('You are Ada, who speaks of the sea.'),
    });
  },
  waitMs,
);

test(
  'a turn is stopped by abort',
  async () => {
    const { turnId, answer, parts } = await say('#demo slow 200');
    await until(() => parts.some((part) => (part as { type: string }).type === 'text'), waitMs, 'a first word');
    expect(await link.ask('turn.abort', { conversation: 'main', turnId })).toEqual({ aborted: true });
    expect(await answer).toEqual({ outcome: 'aborted' });
  },
  waitMs,
);

test(
  'the conversation is told as people had it',
  async () => {
    const { items } = (await link.ask('turn.history', { conversation: 'main', limit: 10 })) as {
      items: { role: string; text: string }[];
    };
    expect(items[0]).toMatchObject({ role: 'user', text: 'Who are you?' });
    expect(JSON.stringify(items)).not.toContain('Reply with OK');
  },
  waitMs,
);

test(
  'a new personality and a new document hold without a restart',
  async () => {
    const document = {
      ...wanted.document,
      agents: { defaults: { ...(wanted.document['agents'] as { defaults: object }).defaults, timeoutSeconds: 300 } },
    };
    await link.ask('configure', {
      ...wanted,
      generation: 2,
      document,
      files: { ...wanted.files, 'SOUL.md': '# Soul\n\nYou speak of the mountains.\n' },
    });
    await until(() => state()?.evidence.some(({ text }) => text.includes('without a restart')), waitMs, 'the change');
    const { answer, parts } = await say('Who are you?');
    await answer;
    expect(parts.at(-1)).toMatchObject({ text: expect.stringContaining('the mountains') });
    expect(state()?.restartCount).toBe(0);
  },
  waitMs,
);

test('no secret lies in the folder of the bot', () => {
  const found = (word: string) =>
    execFileSync('sh', ['-c', `grep -rl -- '${word}' '${bot.directory}' || true`]).toString();
  expect([found('canary-gateway'), found('canary-join')]).toEqual(['', '']);
});

test(
  'more memory than allowed restarts the gateway, with the reason',
  async () => {
    await link.ask('configure', { ...wanted, generation: 3, memoryBytesMax: 1_000_000 });
    const over = await until(
      () => link.reports.find((report) => report.evidence.some(({ text }) => text.includes('more than its limit'))),
      waitMs,
      'the limit',
    );
    expect(over).toBeDefined();
    await link.ask('configure', { ...wanted, generation: 4 });
    await until(() => (state()?.restartCount ?? 0) > 0 && state()?.state === 'ready', waitMs, 'ready again');
  },
  waitMs * 2,
);

const nonsense = () => ({ ...wanted.document, nonsense: 1 });
const worksOnInSpite = async () => {
  const report = await until(() => state()?.reason.includes('nonsense') && state(), waitMs, 'the refusal');
  expect(report).toMatchObject({ state: 'degraded', reason: expect.stringContaining('works on') });
  const { answer } = await say('#demo text still here');
  expect(await answer).toEqual({ outcome: 'done' });
  expect(JSON.parse(await readFile(join(bot.directory, 'openclaw.json'), 'utf8'))).not.toHaveProperty('nonsense');
};

test(
  'a paused bot ends what it is about, takes no turns, and goes on where it was',
  async () => {
    const { answer, parts } = await say('#demo slow 200');
    await until(() => parts.some((part) => (part as { type: string }).type === 'text'), waitMs, 'a first word');
    await link.ask('configure', { ...wanted, generation: 4, desired: 'paused' });
    expect(['aborted', 'failed']).toContain(((await answer) as { outcome: string }).outcome);
    await reaches('paused');
    await expect((await say('hello')).answer).rejects.toMatchObject({ code: 'refused' });
    const { restartCount } = link.reports.at(-1) ?? {};
    const secrets = { [secretIds.gatewayToken]: 'canary-gateway-replaced' };
    await link.ask('configure', { ...wanted, generation: 4, desired: 'paused', secrets });
    await link.ask('configure', { ...wanted, generation: 5, secrets });
    await reaches('ready');
    expect(state()?.evidence).toContainEqual(expect.objectContaining({ text: 'OpenClaw took the new secrets over' }));
    expect(await (await say('Who are you?')).answer).toEqual({ outcome: 'done' });
    expect(state()?.restartCount).toBe(restartCount);
  },
  waitMs,
);

test(
  'an emergency stop ends the gateway before it is answered, and holds until something newer is wanted',
  async () => {
    const gateway = async () =>
      JSON.parse(await readFile(join(bot.directory, 'gateway.pid'), 'utf8').catch(() => 'null')) as unknown;
    expect(await gateway()).not.toBeNull();
    await link.ask('halt', { mode: 'stop' });
    await reaches('stopped');
    expect(await gateway()).toBeNull();
    await link.ask('configure', { ...wanted, generation: 5 });
    await new Promise((resolve) => {
      setTimeout(resolve, 1_000);
    });
    expect(state()?.state).toBe('stopped');
    await link.ask('configure', { ...wanted, generation: 6 });
    await reaches('ready');
  },
  waitMs,
);

test(
  'a document OpenClaw refuses is named and taken back, and the bot works on with the one before, also after a restart',
  async () => {
    const pid = () => readFile(join(bot.directory, 'gateway.pid'), 'utf8');
    const before = await pid();
    await link.ask('configure', { ...wanted, generation: 7, document: nonsense() });
    await worksOnInSpite();
    expect(await pid()).toBe(before);
    await link.ask('configure', { ...wanted, generation: 8 });
    await reaches('ready');
    await link.ask('configure', { ...wanted, generation: 9, restartCount: 1, document: nonsense() });
    await worksOnInSpite();
    await link.ask('configure', { ...wanted, generation: 10, restartCount: 2, document: nonsense() });
    await until(() => (state()?.restartCount ?? 0) > 2 && state()?.state === 'degraded', waitMs, 'the second restart');
    await worksOnInSpite();
  },
  waitMs * 2,
);

test(
  'what is older than what the bot has is refused; what is unknown is named',
  async () => {
    await expect(link.ask('configure', { ...wanted, generation: 1 })).rejects.toMatchObject({ code: 'refused' });
    await expect(link.ask('dance', {})).rejects.toMatchObject({ code: 'unknown-method' });
    await expect(link.ask('turn.start', { conversation: 'main' })).rejects.toMatchObject({ code: 'invalid' });
  },
  waitMs,
);

test('telemetry arrives once, numbered, and counts what a model said alone', () => {
  const items = link.telemetry.flatMap((batch) => batch.items);
  expect(new Set(items.map(({ sequence }) => sequence)).size).toBe(items.length);
  expect(items.map(({ kind }) => kind)).toContain('model-call');
  const messages = items.filter(({ kind }) => kind === 'model-message');
  expect(new Set(messages.map(({ data }) => data['model']))).toEqual(new Set(['stand-in']));
});

test(
  'a second supervisor for the same bot is refused',
  async () => {
    await expect(bot.startAnother()).rejects.toThrow('cares for this bot already');
  },
  waitMs,
);

test(
  'after a restart it proves its key and needs no join token',
  async () => {
    await link.ask('shutdown', {});
    await bot.ended();
    await bot.restart();
    expect(link.introductions.length).toBeGreaterThan(1);
    expect(link.introductions.at(-1)?.method).toBe('authenticate');
  },
  waitMs,
);
