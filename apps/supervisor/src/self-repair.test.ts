import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { supervised, type Supervised } from './testing/supervised.ts';

vi.setConfig({ testTimeout: 120_000 });

let bot: Supervised;
beforeAll(async () => {
  bot = await supervised({ timing: { applyDeadlineMs: 3_000, calmMs: 500 } });
  await bot.configure({});
  await bot.reaches('ready');
});
afterAll(() => bot.close());

const documentWith = (change: object) => ({ ...bot.wanted.document, ...change });
const onDisk = async (name: string) => readFile(join(bot.directory, name), 'utf8');
/** Waits until this generation is what a bad one would be taken back to. */
const proves = (generation: number) =>
  expect
    .poll(async () => (JSON.parse(await onDisk('last-known-good.json')) as { generation: number }).generation)
    .toBe(generation);
const restarts = () => bot.report()?.restartCount ?? 0;

test('a document OpenClaw refuses never reaches the gateway: the bot works on, and says with what', async () => {
  const before = [await onDisk('openclaw.json'), restarts()];
  await bot.configure({
    generation: 2,
    document: documentWith({ nonsense: 1 }),
    files: { ...bot.wanted.files, 'SOUL.md': '# Another\n' },
  });
  const report = await bot.reaches('degraded', 2);
  expect(report.reason).toBe(
    'OpenClaw refuses the configuration: <root>: Unrecognized key: "nonsense". ' +
      'The bot works on: generation 2 runs with the configuration of generation 1',
  );
  expect([await onDisk('openclaw.json'), restarts()]).toEqual(before);
  expect(await onDisk('workspace/SOUL.md')).toBe(bot.wanted.files['SOUL.md']);
});

test('told again, it is not tried again; something newer is', async () => {
  await bot.configure({ generation: 2, document: documentWith({ nonsense: 1 }) });
  await bot.configure({ generation: 3 });
  expect(await bot.reaches('ready', 3)).toMatchObject({ restartCount: 0 });
  await proves(3);
});

test('what the check lets through and the gateway refuses is taken back as well', async () => {
  await bot.configure({ generation: 4, document: documentWith({ unseen: 1 }) });
  expect((await bot.reaches('degraded', 4)).reason).toContain('with the configuration of generation 3');
  expect(await onDisk('openclaw.json')).not.toContain('unseen');
  await bot.configure({ generation: 5 });
  await bot.reaches('ready', 5);
  await proves(5);
});

test('a gateway that does not become well in time gets the configuration before back', async () => {
  await bot.configure({ generation: 6, restartCount: 1, document: documentWith({ env: { STAND_IN: 'deaf' } }) });
  const report = await bot.reaches('degraded', 6);
  expect(report.reason).toMatch(/not ready after \d+ s.+ generation 6 runs with the configuration of generation 5/);
});

test('a restart that is asked for tries it again', async () => {
  await bot.configure({ generation: 6, restartCount: 2, document: documentWith({ env: { STAND_IN: 'deaf' } }) });
  await bot.untilReport(({ state }) => state === 'starting', 'another try');
  expect((await bot.reaches('degraded', 6)).reason).toContain('not ready after');
  await bot.configure({ generation: 7, restartCount: 2 });
  await bot.reaches('ready', 7);
  await proves(7);
});

test('what is known to be good outlives the supervisor, and holds no secret', async () => {
  await bot.restart();
  await bot.configure({ generation: 8, restartCount: 2, document: documentWith({ nonsense: 1 }) });
  const report = await bot.reaches('degraded', 8);
  expect(report.reason).toContain('generation 8 runs with the configuration of generation 7');
  expect(await onDisk('last-known-good.json')).not.toContain('canary');
  await bot.configure({ generation: 9, restartCount: 2 });
  await bot.reaches('ready', 9);
  await proves(9);
});

test('a gateway that is killed over and over is told as a loop, with its cause and its next try, and comes back', async () => {
  const pid = async () => {
    const { pid: now } = JSON.parse(await onDisk('gateway.pid')) as { pid: number };
    return now;
  };
  for (let round = 0; round < 4; round += 1) {
    await bot.reaches('ready', 9);
    process.kill(await pid(), 'SIGKILL');
    await bot.untilReport(({ state }) => state !== 'ready', 'its end');
  }
  const told = await bot.untilReport(({ state }) => state === 'failed', 'a loop');
  expect(told.reason).toMatch(/^Crashed 4 times in a minute\. The gateway was killed by the system/);
  expect(told.nextTryAt).toBeDefined();
  await bot.reaches('ready', 9);
});

test('a first configuration that OpenClaw refuses has nothing to go back to, and is not tried blindly', async () => {
  const fresh = await supervised();
  try {
    await fresh.configure({ document: { ...fresh.wanted.document, nonsense: 1 } });
    const report = await fresh.reaches('failed');
    expect(report.reason).toContain('Unrecognized key: "nonsense"');
    expect(Date.parse(report.nextTryAt ?? '')).toBeGreaterThan(Date.now() + 60_000);
  } finally {
    await fresh.close();
  }
});
