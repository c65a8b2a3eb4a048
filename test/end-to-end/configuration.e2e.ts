import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bot } from '@clawster/contract/bot';
import type { EventRecord } from '@clawster/contract/event';
import type { ManifestPlan } from '@clawster/contract/manifest';
import type { Revision } from '@clawster/contract/revision';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { collectFaults, newVisit, openBrowser, picture } from '../support/browser.ts';
import { type Installation, installClawster } from '../support/installation.ts';
import { type RecordingModel, startRecordingModel } from '../support/recording-model.ts';

// One bot through all that its configuration can be, in order, with a model that remembers what it was told.

const providerKey = 'sk-canary-0123456789abcdef';
const passphrase = 'correct horse battery staple';
let installation: Installation;
let model: RecordingModel;
let browser: Browser;
let page: Page;
let faults: string[];

beforeAll(async () => {
  [installation, model] = await Promise.all([installClawster(), startRecordingModel(providerKey)]);
  const who = ['--setup-token', installation.setupUrl, '--email', 'ada@example.com', '--name', 'Ada'];
  await clawster(['login', ...who, '--password-stdin'], `${passphrase}\n`);
  await connect();
  browser = await openBrowser();
  ({ page } = await newVisit(browser, installation.url));
  await signIn();
  faults = collectFaults(page);
});
afterAll(async () => {
  await browser?.close();
  await installation?.remove();
  await model?.close();
});

/** Runs a command that must succeed, and answers with what it printed. */
async function clawster(args: string[], stdin?: string): Promise<string> {
  const { code, stdout, stderr } = await installation.cli(args, stdin === undefined ? {} : { stdin });
  expect(code, `${args.join(' ')}\n${stdout}\n${stderr}`).toBe(0);
  return stdout;
}
const json = async <T>(args: string[]) => JSON.parse(await clawster([...args, '--json'])) as T;
const connect = () =>
  clawster(
    ['connector', 'create', 'Recorder', '--base-url', model.baseUrl, '--model', 'recorder-1', '--api-key-stdin'],
    `${providerKey}\n`,
  );
const show = (name: string) => json<Bot>(['bot', 'show', name]);
const revisions = (name: string) => json<Revision[]>(['bot', 'revisions', name]);

/** What the model is told and offered in a turn of this bot. */
async function told(name: string): Promise<{ system: string; tools: string[] }> {
  expect(await clawster(['bot', 'chat', name, 'Who are you?'])).toContain('Heard and recorded.');
  const { messages, tools = [] } = model.requests.at(-1)?.body ?? { messages: [] };
  const system = messages.filter(({ role }) => role === 'system' || role === 'developer');
  return { system: JSON.stringify(system), tools: tools.map((tool) => tool.function.name).toSorted() };
}

/** Each look by the command line is a process of its own, which the bot would have to wait for. */
const lookEveryMs = 1_000;

/** Follows the bot until this is so. */
async function until(name: string, isSo: (bot: Bot) => boolean): Promise<void> {
  await vi.waitUntil(async () => isSo(await show(name)), { timeout: 120_000, interval: lookEveryMs });
}

async function signIn(): Promise<void> {
  await page.goto('/');
  await page.getByLabel('E-mail').fill('ada@example.com');
  await page.getByLabel('Passphrase').fill(passphrase);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('link', { name: 'Create your first bot' }).waitFor();
}

/** Opens a tab of the first bot's page. */
async function open(tab: string): Promise<void> {
  await page.goto(`/bots/${(await show('Helper')).id}?tab=${tab}`);
}

/** A file that Clawster wrote on the host of the first bot. */
async function hostFile(name: string): Promise<string> {
  return join(installation.dataDirectory, 'bots', (await show('Helper')).id, name);
}

test('a bot made from a template is told what the template and its answers say, and is offered just its tools', async () => {
  const answers = ['--set', 'company=Acme', 'tone=formal'];
  const asked = ['--template', 'support', ...answers, '--labels', 'team=support', '--connector', 'Recorder'];
  await clawster(['bot', 'create', 'Helper', ...asked, '--wait']);
  const { system, tools } = await told('Helper');
  for (const text of ['You answer customers of Acme', 'Be formal.', 'Reached when:', 'skills/triage-requests/SKILL.md'])
    expect(system).toContain(text);
  expect(tools).toEqual(['ls', 'read', 'session_status']);
  await page.goto('/configuration');
  await page.getByText('Customer support').first().waitFor();
  await picture(page, 'templates');
  await page.goto('/configuration?tab=skills');
  await page.getByRole('button', { name: 'Look at it triage-requests' }).waitFor();
  await picture(page, 'skills');
});

test('a profile is looked over, taken over by a running gateway, and told as the reason', async () => {
  const settings = '{identity: {style: "Speak like a lighthouse keeper."}, openclaw: {tools: {deny: [ls]}}}';
  const asked = ['profile', 'create', 'House', '--labels', 'team=support', '--settings', settings];
  expect(await clawster([...asked, '--dry-run'])).toMatch(/1 bot concerned, 1 would change: 1 while running/);
  expect((await show('Helper')).generation).toBe(1);
  await clawster(asked);
  const since = Date.now();
  await until('Helper', ({ status }) => status.phase === 'ready' && status.observedGeneration === 2);
  process.stdout.write(`  a profile's change was applied ${Date.now() - since} ms after it was saved\n`);
  const { system, tools } = await told('Helper');
  expect(system).toContain('Speak like a lighthouse keeper.');
  expect(system).not.toContain('Be formal.');
  expect(tools).toEqual(['read', 'session_status']);
  expect((await show('Helper')).status.restartCount).toBe(0);
  const why = await clawster(['bot', 'config', 'Helper', '--explain', 'identity.style']);
  expect(why).toMatch(
    /→ profile House v1 sets "Speak like a lighthouse keeper\."\n +template Customer support v1 sets/,
  );
  await open('configuration');
  await page.getByText('Comes from the profile House').first().waitFor();
  await page.getByRole('region', { name: 'SOUL.md' }).getByText('Speak like a lighthouse keeper.').waitFor();
  await picture(page, 'bot-configuration');
});

test('what OpenClaw itself refuses is a bad revision with its reason; the bot works on, and is rolled back', async () => {
  // The schema takes any text here; that it must be a duration, only OpenClaw knows.
  const bad = '{openclaw: {session: {maintenance: {pruneAfter: "often"}}}}';
  const refused = await installation.cli(['bot', 'update', 'Helper', '--settings', bad, '--wait']);
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('Revision 3 was refused') });
  expect(refused.stderr).toContain('pruneAfter');
  const [newest, before] = await revisions('Helper');
  expect(newest).toMatchObject({ number: 3, verdict: 'bad', verdictReason: expect.stringContaining('pruneAfter') });
  expect(before).toMatchObject({ number: 2, verdict: 'good' });
  expect((await told('Helper')).system).toContain('Speak like a lighthouse keeper.');
  await open('revisions');
  await page.getByText('did not run').first().waitFor();
  await page.getByText('invalid duration').first().waitFor();
  await picture(page, 'bad-revision');
  await clawster(['bot', 'rollback', 'Helper', '2', '--reason', 'It was refused', '--wait']);
  expect((await revisions('Helper'))[0]).toMatchObject({ number: 4, verdict: 'good', reason: 'It was refused' });
  expect((await show('Helper')).status.restartCount).toBe(0);
});

test('what somebody changes on the host is put back, or told and adopted where that is the policy', async () => {
  const document = await hostFile('openclaw.json');
  const written = await readFile(document, 'utf8');
  await writeFile(document, written.replace('"session_status"', '"session_status","write"'));
  await expect.poll(() => readFile(document, 'utf8'), { timeout: 60_000 }).toBe(written);
  const events = ['event', 'list', '--type', 'bot-drifted'];
  await expect
    .poll(async () => (await json<EventRecord[]>(events)).length, { timeout: 60_000, interval: lookEveryMs })
    .toBe(1);

  await clawster(['bot', 'update', 'Helper', '--drift', 'report', '--wait']);
  await writeFile(document, written.replace('"session_status"', '"session_status","write"'));
  await until('Helper', ({ status }) => status.drift !== undefined);
  expect(await clawster(['bot', 'drift', 'Helper'])).toMatch(/tools\.allow\n[^]*"write"/);
  await open('configuration');
  await page.getByText('By its policy it is left until someone decides.').waitFor();
  await picture(page, 'drift');
  await page.getByRole('button', { name: 'Adopt…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Why (kept with the revision)').fill('It takes notes');
  await dialog.getByRole('button', { name: 'Adopt', exact: true }).click();
  await until('Helper', ({ status, generation }) => status.observedGeneration === generation && !status.drift);
  expect((await revisions('Helper'))[0]).toMatchObject({ reason: 'It takes notes' });
  expect((await told('Helper')).tools).toContain('write');
  expect(await clawster(['bot', 'config', 'Helper', '--explain', 'openclaw.tools.allow'])).toContain(
    '→ the bot itself sets',
  );
  expect(await clawster(['bot', 'drift', 'Helper'])).toContain('Nothing on its host differs');
  expect(faults).toEqual([]);
});

test('what is exported makes the same bot in another workspace, whose model is told the same', async () => {
  const folder = join(installation.home, 'files');
  const before = await told('Helper');
  await clawster(['export', folder]);
  expect(await json<ManifestPlan>(['plan', '-f', folder])).toMatchObject({ steps: [] });
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.yaml'));
  const texts = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')));
  expect(texts.join()).not.toContain(providerKey);

  const who = ['--email', 'ada@example.com', '--password-stdin'];
  await clawster(['workspace', 'create', 'Elsewhere', ...who], `${passphrase}\n`);
  await clawster(['login', '--workspace', 'Elsewhere', ...who], `${passphrase}\n`);
  const early = await installation.cli(['apply', '-f', folder]);
  expect(early).toMatchObject({ code: 1, stderr: expect.stringContaining('Recorder') });
  await connect();
  await clawster(['apply', '-f', folder]);
  await until('Helper', ({ status }) => status.phase === 'ready');
  const after = await told('Helper');
  expect(after.tools).toEqual(before.tools);
  for (const text of ['You answer customers of Acme', 'Speak like a lighthouse keeper.', 'skills/triage-requests'])
    expect([before.system.includes(text), after.system.includes(text)]).toEqual([true, true]);
  expect(await json<ManifestPlan>(['plan', '-f', folder])).toMatchObject({ steps: [] });
});
