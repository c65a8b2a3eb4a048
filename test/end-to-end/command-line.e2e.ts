import type { Bot } from '@clawster/contract/bot';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Installation, installClawster } from '../support/installation.ts';
import { filesWith, processesOf } from '../support/traces.ts';
import { type RecordingModel, startRecordingModel } from '../support/recording-model.ts';

// The whole way without a browser, with a model that remembers what it was asked.

const providerKey = 'sk-canary-0123456789abcdef';
let installation: Installation;
let model: RecordingModel;

beforeAll(async () => {
  [installation, model] = await Promise.all([installClawster(), startRecordingModel(providerKey)]);
});
afterAll(async () => {
  await installation?.remove();
  await model?.close();
});

/** Runs a command that must succeed, and answers with what it printed. */
async function clawster(args: string[], stdin?: string): Promise<string> {
  const { code, stdout, stderr } = await installation.cli(args, stdin === undefined ? {} : { stdin });
  expect(code, `${args.join(' ')}\n${stderr}`).toBe(0);
  return stdout;
}
const json = async <T>(args: string[]) => JSON.parse(await clawster([...args, '--json'])) as T;

test('login makes the owner account, and is kept', async () => {
  const link = installation.setupUrl;
  await clawster(
    ['login', '--setup-token', link, '--email', 'ada@example.com', '--name', 'Ada', '--password-stdin'],
    'correct horse battery staple\n',
  );
  expect(await clawster(['whoami'])).toContain('owner');
  const again = await installation.cli(
    ['login', '--setup-token', link, '--email', 'eve@example.com', '--name', 'Eve', '--password-stdin'],
    { stdin: 'correct horse battery staple\n' },
  );
  expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining('was used or is outdated') });
});

test('a wrong key and an unreachable model are refused before anything is saved', async () => {
  const attach = (baseUrl: string, key: string) =>
    installation.cli(
      ['connector', 'create', 'Recorder', '--base-url', baseUrl, '--model', 'recorder-1', '--api-key-stdin'],
      {
        stdin: `${key}\n`,
      },
    );
  expect(await attach(model.baseUrl, 'sk-wrong')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('refused the API key'),
  });
  const unreachable = await attach('http://127.0.0.1:9/v1', providerKey);
  expect(unreachable).toMatchObject({ code: 1, stderr: expect.stringContaining('127.0.0.1:9') });
  expect(unreachable.stderr).not.toContain(providerKey);
  expect(await json(['connector', 'list'])).toMatchObject([{ name: 'Demo model' }]);
});

test('a bot on that model comes up and answers, and the model saw its personality', async () => {
  await clawster(
    ['connector', 'create', 'Recorder', '--base-url', model.baseUrl, '--model', 'recorder-1', '--api-key-stdin'],
    `${providerKey}\n`,
  );
  await clawster([
    'bot',
    'create',
    'Scribe',
    '--connector',
    'Recorder',
    '--personality',
    'You are Scribe, who writes everything down.',
    '--wait',
  ]);
  expect(await clawster(['bot', 'chat', 'Scribe', 'Please note this'])).toContain('Heard and recorded.');
  const asked = model.requests.at(-1);
  expect(JSON.stringify(asked?.body.messages)).toContain('You are Scribe, who writes everything down.');
  expect(JSON.stringify(asked?.body.messages.at(-1))).toContain('Please note this');
  expect(asked?.authorization).toBe(`Bearer ${providerKey}`);
});

test('its status, logs and doctor can be read by people and programs', async () => {
  const bot = await json<Bot>(['bot', 'show', 'Scribe']);
  expect(bot.status).toMatchObject({ phase: 'ready' });
  expect(bot.status.evidence.map(({ source, ok }) => `${source} ${ok}`)).toEqual(
    expect.arrayContaining(['target true', 'gateway true', 'model true']),
  );
  expect(await clawster(['bot', 'list'])).toMatch(/Scribe +ready/);
  expect(await clawster(['bot', 'logs', 'Scribe'])).toContain('gateway');
  expect(await json<{ findings: { severity: string }[] }>(['bot', 'doctor', 'Scribe'])).toMatchObject({
    findings: expect.not.arrayContaining([expect.objectContaining({ severity: 'error' })]),
  });
});

test('a bot that is stopped says nothing; started again it remembers', async () => {
  await clawster(['bot', 'stop', 'Scribe', '--wait']);
  expect(await installation.cli(['bot', 'chat', 'Scribe', 'hello'])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('stopped'),
  });
  await clawster(['bot', 'start', 'Scribe', '--wait']);
  await clawster(['bot', 'chat', 'Scribe', 'What did I say?']);
  expect(JSON.stringify(model.requests.at(-1)?.body.messages)).toContain('Please note this');
});

test.each([
  ['a name that is none', ['bot', 'create', 'not a name'], 2, 'letters, digits and hyphens'],
  ['a name that is taken', ['bot', 'create', 'scribe'], 1, 'choose another name'],
  ['a bot that is not there', ['bot', 'show', 'nobody'], 1, 'nobody'],
  ['a version below the floor', ['bot', 'create', 'Old', '--runtime', '2026.1.1'], 1, '2026'],
  ['a wrong option', ['bot', 'list', '--colour'], 2, '--help'],
  ['a taken port', ['up', '--no-open', '--port', 'TAKEN', '--data-dir', 'OTHER'], 1, 'is taken by'],
  ['a wrong PostgreSQL password', ['up', '--no-open', '--data-dir', 'OTHER'], 3, 'PostgreSQL'],
])('%s is told in a sentence', async (name, args, code, sentence) => {
  const known = args.map((arg) =>
    arg === 'TAKEN' ? new URL(installation.url).port : arg === 'OTHER' ? `${installation.home}/other` : arg,
  );
  const env = name.includes('PostgreSQL')
    ? { CLAWSTER_DATABASE_URL: 'postgres://nobody:wrong@127.0.0.1:9/clawster' }
    : {};
  expect(await installation.cli(known, { env })).toMatchObject({ code, stderr: expect.stringContaining(sentence) });
});

test('the key lies nowhere in the clear', async () => {
  expect(await filesWith(providerKey, await installation.folders())).toEqual([]);
  expect(await clawster(['event', 'list', '--json'])).not.toContain(providerKey);
});

test('down with --bots ends everything', async () => {
  expect(await clawster(['down', '--bots'])).toContain('1 bot is stopped');
  expect((await installation.cli(['status'])).code).toBe(1);
  expect(await processesOf(installation.home)).toEqual([]);
});
