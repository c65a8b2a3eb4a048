import { setTimeout as sleep } from 'node:timers/promises';
import { writeFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Client, createClient } from '@clawster/client/client';
import type { Rotation } from '@clawster/contract/rotation';
import { startEmbedded } from '@clawster/database/embedded';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type IdentityProvider, startIdentityProvider } from '../../apps/server/src/testing/identity-provider.ts';
import {
  startTelegramServer,
  type TelegramServer,
} from '../../apps/supervisor/src/testing/telegram/telegram-server.ts';
import { newVisit, openBrowser, picture } from '../support/browser.ts';
import { canaryFinder, plantCanaries } from '../support/canaries.ts';
import { type Installation, installClawster } from '../support/installation.ts';
import { type Looked, lookAt, lookAtProcesses, lookThroughFolder, nothingYet } from '../support/look-through.ts';
import { type RecordingModel, startRecordingModel } from '../support/recording-model.ts';
import { processesOf } from '../support/traces.ts';

// S10, and a rotation while messages flow: each test goes on where the one before ended. Forty secrets and more are planted,
// the whole product is used, some of it is killed, and then every place is looked through for them.

const canaries = plantCanaries();
const canary = (what: string) => canaries.get(what) as string;
const passphrase = canary('a passphrase of words');
/** Who writes first, by a number that nothing else has in it by chance. */
const asker = 4_817_203_956;
/** What any command printed, and any page was sent. */
const told: [string, Buffer | string][] = [];
let installation: Installation;
let model: RecordingModel;
let telegram: TelegramServer;
let provider: IdentityProvider;
let client: Client;
let botId: string;

beforeAll(async () => {
  [installation, model, telegram] = await Promise.all([
    installClawster(),
    startRecordingModel(canary('an OpenAI key')),
    startTelegramServer(),
  ]);
  provider = await startIdentityProvider([`${installation.url}/api/v1/sessions/sso/answer`]);
  canaries.set('the client secret of single sign-on', provider.clientSecret);
});
afterAll(async () => {
  await installation?.remove();
  await Promise.all([model?.close(), telegram?.close(), provider?.close()]);
});

async function clawster(args: string[], stdin?: string): Promise<string> {
  const { code, stdout, stderr } = await installation.cli(args, stdin === undefined ? {} : { stdin });
  told.push([`what ${args.slice(0, 3).join(' ')} printed`, `${stdout}\n${stderr}`]);
  expect(code, `${args.join(' ')}\n${stderr}`).toBe(0);
  return stdout;
}

async function untilDone({ id }: Rotation): Promise<Rotation> {
  for (;;) {
    const rotation = await client.rotations.get({ rotationId: id });
    if (rotation.endedAt) return rotation;
    if (rotation.phase === 'halted') throw new Error(rotation.reason);
    await sleep(500);
  }
}
const secretNamed = async (name: string) => {
  const found = (await client.secrets.list({ limit: 200 })).items.find((one) => one.name === name);
  return found?.id ?? '';
};
const answersTo = (chat: number) => telegram.bot.sent.filter(({ chatId }) => chatId === chat);
const isAnswered = (chat: number) => expect.poll(() => answersTo(chat).length, { timeout: 180_000 }).toBeGreaterThan(0);

test('forty secrets are planted, each in the place it is for', async () => {
  const who = ['--email', 'ada@example.com', '--name', 'Ada', '--password-stdin'];
  await clawster(['login', '--setup-token', installation.setupUrl, ...who], `${passphrase}\n`);
  const { value } = JSON.parse(await clawster(['api-key', 'create', 'Test', '--role', 'owner', '--json'])) as {
    value: string;
  };
  client = createClient({ baseUrl: installation.url, apiKey: value });
  // The key was printed on purpose, and to no one else.
  told.pop();
  for (const [what, secret] of canaries) await client.secrets.create({ name: what, value: secret });
  await client.sso.set({
    name: 'Acme',
    issuer: provider.issuer,
    clientId: provider.clientId,
    clientSecret: provider.clientSecret,
    emailDomains: ['example.com'],
    makesAccounts: false,
  });
  await client.connectors.create({
    name: 'Recorder',
    provider: 'openai-compatible',
    baseUrl: model.baseUrl,
    model: 'recorder-1',
    apiKey: canary('an OpenAI key'),
  });
  const token = telegram.bot.issueToken();
  canaries.set('a Telegram token', token);
  await client.channels.create({
    name: 'Support',
    kind: 'telegram',
    settings: { apiRoot: telegram.apiRoot, dmPolicy: 'open' },
    credentials: { 'bot-token': { value: token } },
  });
  // The OpenAI key is kept twice: by itself, and as the connector's.
  expect((await client.secrets.list({})).total).toBe(canaries.size + 1);
});

test('a person writes to a real bot on Telegram and is answered', async () => {
  const connector = (await client.connectors.list({})).items.find(({ name }) => name === 'Recorder');
  const channel = (await client.channels.list({})).items[0];
  ({ id: botId } = await client.bots.create({ name: 'Ada', connectorId: connector?.id ?? '' }));
  await client.channels.attach({ channelId: channel?.id ?? '', botId });
  telegram.bot.write(asker, 'Hello');
  await expect
    .poll(async () => (await client.bots.get({ botId })).status.phase, { timeout: 400_000, interval: 1_000 })
    .toBe('ready');
  await isAnswered(asker);
  await expect
    .poll(async () => (await client.channels.ofBot({ botId })).items, { timeout: 60_000 })
    .toMatchObject([{ name: 'Support', status: { state: 'connected', linkedAs: telegram.bot.username } }]);
});

test('what its answer took is told by its conversation and its channel, and who asked by a pseudonym alone', async () => {
  const calls = async () => (await client.bots.modelCalls({ botId })).items;
  await expect.poll(calls, { timeout: 30_000 }).toContainEqual(
    expect.objectContaining({
      outcome: 'answered',
      channel: 'telegram',
      sessionKey: expect.stringMatching(/^agent:main:telegram:direct:person-[\w-]{10}$/),
      usage: expect.objectContaining({ inputTokens: 12, outputTokens: 3 }),
    }),
  );
  const conversations = async () => (await client.traces.conversations({ channel: 'telegram' })).items;
  await expect.poll(conversations, { timeout: 30_000 }).toHaveLength(1);
  const looked = nothingYet();
  await lookThroughDatabase(looked, (bytes) => (bytes.includes(String(asker)) ? ['who asked'] : []));
  expect(looked.places).toBeGreaterThan(50);
  expect(looked.found).toEqual([]);
});

test('the token and the key of the model are rotated while messages flow: none is lost, none answered twice, the old ones are dead', async () => {
  const [oldToken, newToken] = [canary('a Telegram token'), telegram.bot.issueToken()];
  canaries.set('a Telegram token that takes its place', newToken);
  const newKey = canary('an OpenAI key that takes its place');
  model.keys.add(newKey);
  const people = Array.from({ length: 40 }, (_, index) => 1_000 + index);
  const writing = (async () => {
    for (const person of people) {
      telegram.bot.write(person, 'Hello');
      await sleep(400);
    }
  })();
  await sleep(2_000);
  const ofToken = await client.rotations.start({ secretId: await secretNamed('Support bot token'), value: newToken });
  const ofKey = await client.rotations.start({ secretId: await secretNamed('Recorder API key'), value: newKey });
  expect(await untilDone(ofToken)).toMatchObject({ phase: 'done', bots: { proven: 1 } });
  expect(await untilDone(ofKey)).toMatchObject({ phase: 'done', bots: { proven: 1 }, former: { dead: false } });
  telegram.bot.revoke(oldToken);
  model.keys.delete(canary('an OpenAI key'));
  const deadAt = Date.now();
  const callsBefore = model.requests.length;
  await writing;
  for (const person of people) await isAnswered(person);
  // Whoever is answered a second time would be so by now.
  await sleep(5_000);
  expect(people.filter((person) => answersTo(person).length !== 1)).toEqual([]);
  expect(new Set(people.map((person) => answersTo(person)[0]?.text))).toEqual(new Set(['Heard and recorded.']));
  expect(telegram.bot.asked.filter(({ token, at }) => token === oldToken && at > deadAt)).toEqual([]);
  telegram.bot.write(2_000, 'And now?');
  await isAnswered(2_000);
  expect(model.requests.length).toBeGreaterThan(callsBefore);
  expect(model.requests.at(-1)?.authorization).toBe(`Bearer ${newKey}`);
});

test('what is killed comes back with its secrets, and answers', async () => {
  const gateway = (await processesOf(installation.home)).find((line) => line.includes('openclaw-gateway'));
  process.kill(Number(gateway?.split(' ')[0]), 'SIGKILL');
  telegram.bot.write(3_000, 'Still there?');
  await isAnswered(3_000);
  const supervisor = (await processesOf(installation.home)).find((line) => line.includes('clawster-supervisor'));
  process.kill(Number(supervisor?.split(' ')[0]), 'SIGKILL');
  telegram.bot.write(3_001, 'And now?');
  await isAnswered(3_001);
  expect(model.requests.at(-1)?.authorization).toBe(`Bearer ${canary('an OpenAI key that takes its place')}`);
});

test('the product is used: exports, archives, logs, the doctor, a restart, revoked and deleted secrets', async () => {
  await clawster(['bot', 'doctor', 'Ada', '--json']);
  await clawster(['bot', 'logs', 'Ada']);
  await clawster(['bot', 'show', 'Ada', '--json']);
  await clawster(['bot', 'config', 'Ada', '--json']);
  await clawster(['backup', 'create', 'Ada', '--wait']);
  await clawster(['export', join(installation.home, 'exported')]);
  await clawster(['event', 'list', '--json']);
  await clawster(['audit', 'checkpoint']);
  for (const what of ['a Stripe key', 'a short one']) {
    await client.rotations.start({ secretId: await secretNamed(what), value: `${canary(what)}-2` });
    await client.rotations.revoke({ secretId: await secretNamed(what), reason: 'It was in a picture' });
  }
  await client.secrets.delete({ secretId: await secretNamed('an npm token') });
  const wrong = client.connectors.update({
    connectorId: (await client.connectors.list({})).items.find(({ name }) => name === 'Recorder')?.id ?? '',
    apiKey: canary('an Anthropic key'),
  });
  await expect(wrong).rejects.toThrow('refused the API key');
  told.push(['a refusal', String(await wrong.catch((error: unknown) => error))]);
  await client.bots.restart({ botId });
  telegram.bot.write(3_002, 'And after a restart?');
  await isAnswered(3_002);
});

test('every page is visited', async () => {
  const browser = await openBrowser();
  const { page, context } = await newVisit(browser, installation.url);
  page.on('response', (response) => {
    void response.body().then(
      (body) => told.push([response.url(), body]),
      () => undefined,
    );
  });
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill('ada@example.com');
  await page.getByLabel('Passphrase').fill(passphrase);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL(`${installation.url}/`);
  const rotated = `/secrets?open=${await secretNamed('Recorder API key')}`;
  for (const [path, name] of [
    ['/bots'],
    [`/bots/${botId}`],
    [`/bots/${botId}?tab=channels`, 'bot-channels'],
    ['/connectors', 'model-providers'],
    ['/connectors/channels'],
    ['/secrets', 'secrets'],
    [rotated, 'secret-rotation'],
    ['/configuration'],
    ['/audit'],
    ['/settings?section=security'],
    ['/runtimes'],
    ['/targets'],
  ]) {
    await page.goto(String(path));
    await page.waitForLoadState('networkidle');
    told.push([`the page ${path}`, await page.content()]);
    if (name) await picture(page, name);
  }
  const kept = await page.evaluate(() =>
    JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage), document.cookie]),
  );
  told.push(['the browser’s storage', JSON.stringify([kept, await context.storageState()])]);
  expect(told.filter(([place]) => place.includes('/_next/')).length).toBeGreaterThan(10);
  await browser.close();
});

/** All rows of all tables as text, as someone who stole a dump would read them. */
async function lookThroughDatabase(looked: Looked, finder: (bytes: Buffer) => string[]): Promise<void> {
  const { adminUrl } = await startEmbedded(installation.dataDirectory);
  // The administrator's own database is an empty one.
  const database = new pg.Client({ connectionString: adminUrl.replace('/postgres?', '/clawster?') });
  await database.connect();
  await database.query('checkpoint');
  const { rows } = await database.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
  );
  for (const { name } of rows) {
    const { rows: all } = await database.query<{ row: string }>(`select t::text as row from ${name} t`);
    lookAt(looked, finder, [`the table ${name}`, all.map(({ row }) => row).join('\n')]);
  }
  await database.end();
}

test('S10: no secret lies anywhere in the clear, nor packed or encoded', async () => {
  const finder = canaryFinder(canaries);
  const looked = nothingYet();
  await lookThroughDatabase(looked, finder);
  for (const folder of await installation.folders()) await lookThroughFolder(looked, finder, folder);
  await lookAtProcesses(looked, finder);
  for (const one of told) lookAt(looked, finder, one);
  lookAt(looked, finder, ['what up printed', installation.output()]);
  const { places, bytes, found } = looked;
  const megabytes = Math.round(bytes / 1e6);
  process.stdout.write(
    `S10 ${canaries.size} secrets in ${places} places of ${megabytes} MB: tried ${canaries.size}, let in ${found.length}\n`,
  );
  expect(found).toEqual([]);
  expect([canaries.size >= 40, places > 500]).toEqual([true, true]);
});

test('one that does lie somewhere is found: the search is one that can fail', async () => {
  const planted = join(installation.home, 'planted.txt');
  await writeFile(planted, Buffer.from(canary('a GitHub token')).toString('base64'));
  const looked = nothingYet();
  await lookThroughFolder(looked, canaryFinder(canaries), installation.home);
  await rm(planted);
  expect(looked.found).toEqual([`a GitHub token lies in ${planted}`]);
});
