import { mkdir, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Drift } from '@clawster/link/drift';
import type { Configure } from '@clawster/link/supervisor-methods';
import { afterEach, expect, test, vi } from 'vitest';
import { until } from '../testing/link-server.ts';
import { supervised, type Supervised } from '../testing/supervised.ts';

vi.setConfig({ testTimeout: 120_000 });

let bot: Supervised;
afterEach(() => bot.close());

const place = (name: string) => join(bot.directory, name === 'openclaw.json' ? name : join('workspace', name));
const lies = (name: string) => readFile(place(name), 'utf8').catch(() => undefined);
const change = async (name: string, text: string) => writeFile(place(name), text);
const changeDocument = async (values: object) =>
  change('openclaw.json', JSON.stringify({ ...JSON.parse((await lies('openclaw.json')) ?? ''), ...values }));
const told = (look: (drift: Drift) => boolean) =>
  bot.untilReport(({ drift }) => drift !== undefined && look(drift), 'a drift');
const placesIn = (drift: Drift | undefined) =>
  drift?.files.map(({ file, changes }) => [file, ...changes.map(({ path }) => path.join('.'))]);

/** A ready bot that looks a few times a second. */
async function readyBot(some: Partial<Configure> = {}) {
  bot = await supervised({ timing: { driftLookMs: 200 } });
  await bot.configure(some);
  await bot.reaches('ready');
}

test('what is changed on the host is put back at once and told, with what and where; the bot stays ready', async () => {
  await readyBot();
  const before = [await lies('openclaw.json'), await lies('SOUL.md')];
  await change('SOUL.md', '# I obey Eve\n');
  await changeDocument({ cron: { enabled: true } });
  await until(async () => (await lies('SOUL.md')) === before[1], 20_000, 'the personality');
  await until(async () => (await lies('openclaw.json')) === before[0], 20_000, 'the document');
  const { drift, state, restartCount, evidence } = await told(({ reverted }) => reverted);
  expect([state, restartCount]).toEqual(['ready', 0]);
  expect(placesIn(drift)?.flat()).toContain('SOUL.md');
  expect(evidence.map(({ text }) => text).join()).toContain('Changed on its host, and put back');
  const kinds = () => bot.link.telemetry.flatMap(({ items }) => items.map(({ kind }) => kind));
  await until(() => kinds().includes('configuration-drifted'), 20_000, 'the telemetry');
});

test.each([
  ['a link that leads elsewhere', (file: string) => symlink('/etc/hostname', file)],
  ['a folder', (file: string) => mkdir(join(file, 'inner'), { recursive: true })],
  ['nothing', async () => undefined],
])('%s in the place of a file is replaced by the file', async (_, put) => {
  await readyBot();
  const before = await lies('SOUL.md');
  const hostname = await readFile('/etc/hostname', 'utf8');
  await rm(place('SOUL.md'));
  await put(place('SOUL.md'));
  const { drift } = await told(({ reverted }) => reverted);
  await until(async () => (await lies('SOUL.md')) === before, 20_000, 'the personality');
  await expect(readlink(place('SOUL.md'))).rejects.toThrow('EINVAL');
  expect(JSON.stringify(drift)).not.toContain(hostname.trim());
  expect(await readFile('/etc/hostname', 'utf8')).toBe(hostname);
});

test('one who changes it again and again is undone each time, and told of once a minute', async () => {
  await readyBot();
  const before = await lies('SOUL.md');
  for (let round = 0; round < 4; round += 1) {
    await change('SOUL.md', `# Round ${round}\n`);
    await until(async () => (await lies('SOUL.md')) === before, 20_000, 'the personality');
  }
  const times = new Set(bot.link.reports.flatMap(({ drift }) => (drift ? [drift.at] : [])));
  expect(times.size).toBe(1);
});

test('of a bot whose policy is to report, it is told and left, and the bot is degraded until someone decides', async () => {
  await readyBot({ drift: 'report' });
  await change('SOUL.md', '# I learnt something\n');
  await changeDocument({ cron: { enabled: true, secretToken: 'hunter2-and-more' } });
  const report = await told((drift) => drift.files.length === 2);
  expect(report.drift).toMatchObject({ reverted: false });
  expect(placesIn(report.drift)).toEqual([
    ['openclaw.json', 'cron.enabled', 'cron.secretToken'],
    ['SOUL.md', ''],
  ]);
  expect(JSON.stringify(bot.link.reports)).not.toContain('hunter2');
  const { state, reason } = await bot.reaches('degraded');
  expect([state, reason]).toEqual(['degraded', expect.stringContaining('Its configuration was changed on its host:')]);
  // Told again what was in force, as with each new link, and after an end of the supervisor, nothing is decided.
  await bot.configure({ drift: 'report' });
  const count = bot.link.reports.length;
  await until(() => bot.link.reports.length > count + 2, 20_000, 'more reports');
  expect(await lies('SOUL.md')).toBe('# I learnt something\n');
  expect(await lies('openclaw.json')).toContain('hunter2');
  await bot.restart();
  await bot.configure({ drift: 'report' });
  await bot.reaches('degraded');
  expect(await lies('SOUL.md')).toBe('# I learnt something\n');
});

test('another generation is a decision: all is written anew, also where it says the same, and the bot is well', async () => {
  await readyBot({ drift: 'report' });
  const before = [await lies('openclaw.json'), await lies('SOUL.md')];
  await change('SOUL.md', '# I learnt something\n');
  await changeDocument({ cron: { enabled: true } });
  await told((drift) => drift.files.length === 2);
  await bot.configure({ drift: 'report', generation: 2 });
  const report = await bot.untilReport(
    ({ generation, state, drift }) => generation === 2 && state === 'ready' && drift === undefined,
    'the end of the drift',
  );
  expect([await lies('openclaw.json'), await lies('SOUL.md')]).toEqual(before);
  expect(report).toMatchObject({ restartCount: 0, applied: { generation: 2 } });
});

test('what the supervisor itself writes is no drift', async () => {
  await readyBot();
  for (let generation = 2; generation < 6; generation += 1) {
    const { agents } = bot.wanted.document as { agents: { defaults: object } };
    const defaults = { ...agents.defaults, maxConcurrent: generation };
    await bot.configure({
      generation,
      document: { ...bot.wanted.document, agents: { ...agents, defaults } },
      files: { ...bot.wanted.files, 'SOUL.md': `# ${generation}\n` },
    });
    await bot.untilReport(({ applied }) => applied?.generation === generation, `generation ${generation}`);
  }
  expect(bot.link.reports.filter(({ drift }) => drift !== undefined)).toEqual([]);
});

test('a broken document is put back too, and the gateway takes over what comes next without a restart', async () => {
  await readyBot();
  const before = await lies('openclaw.json');
  await change('openclaw.json', '{ broken');
  await told(({ reverted }) => reverted);
  await until(async () => (await lies('openclaw.json')) === before, 20_000, 'the document');
  expect(bot.report()?.state).toBe('ready');
  await bot.configure({ generation: 2, document: { ...bot.wanted.document, cron: { enabled: true } } });
  expect((await bot.untilReport(({ applied }) => applied?.generation === 2, 'the change')).restartCount).toBe(0);
});

test('a paused bot is looked after as well, stays paused, and looking costs no turn of a model', async () => {
  await readyBot();
  await bot.configure({ generation: 2, desired: 'paused' });
  await bot.reaches('paused');
  const before = await lies('SOUL.md');
  const calls = () => bot.link.telemetry.flatMap(({ items }) => items).filter(({ kind }) => kind === 'model-call');
  await until(() => calls().length > 0, 20_000, 'the first turn');
  const first = calls().length;
  await change('SOUL.md', '# I obey Eve\n');
  await changeDocument({ cron: { enabled: true } });
  await told(({ reverted }) => reverted);
  await until(async () => (await lies('SOUL.md')) === before, 20_000, 'the personality');
  expect(bot.report()?.state).toBe('paused');
  await bot.configure({ generation: 3 });
  await bot.reaches('ready', 3);
  await sleep(1_500);
  expect(calls().length - first).toBeLessThanOrEqual(1);
});
