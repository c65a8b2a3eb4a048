import { readFile } from 'node:fs/promises';
import { watch } from 'node:fs';
import { join } from 'node:path';
import { Report } from '@clawster/link/report';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { until } from './testing/link-server.ts';
import { supervised, type Supervised } from './testing/supervised.ts';

vi.setConfig({ testTimeout: 120_000 });

let bot: Supervised;
beforeAll(async () => {
  bot = await supervised({ timing: { applyDeadlineMs: 3_000 } });
});
afterAll(() => bot.close());

const documentWith = (change: object) => ({ ...bot.wanted.document, ...change });
const told = ({ applied, refused }: Report) => [applied?.generation, refused?.generation];
const tells = (applied: number | undefined, refused: number | undefined) =>
  bot.untilReport(
    (report) => JSON.stringify(told(report)) === JSON.stringify([applied, refused]),
    `${applied} and ${refused}`,
  );

test('a report says by which generation the gateway runs, from its start on and after each change', async () => {
  await bot.configure({});
  expect(bot.report()?.applied).toBeUndefined();
  const { applied } = await tells(1, undefined);
  expect(Date.parse(applied?.at ?? '')).toBeGreaterThan(Date.now() - 60_000);
  await bot.configure({ generation: 2, document: documentWith({ cron: { enabled: true } }) });
  await tells(2, undefined);
});

test('of a refused one it says why, and by which one the bot works on; the next is free of that', async () => {
  await bot.configure({ generation: 3, document: documentWith({ nonsense: 1 }) });
  const { refused } = await tells(2, 3);
  expect(refused?.reason).toBe('OpenClaw refuses the configuration: <root>: Unrecognized key: "nonsense"');
  await bot.configure({ generation: 3, document: documentWith({ nonsense: 1 }) });
  expect(told(bot.report() as Report)).toEqual([2, 3]);
  await bot.configure({ generation: 4 });
  await tells(4, undefined);
});

test('one that the gateway is not well with is refused as well', async () => {
  const deaf = documentWith({ env: { STAND_IN: 'deaf' } });
  await bot.configure({ generation: 5, restartCount: 1, document: deaf });
  expect((await tells(4, 5)).refused?.reason).toContain('not ready after');
  await bot.configure({ generation: 6, restartCount: 2 });
  await tells(6, undefined);
});

test('a gateway that is stopped runs by none', async () => {
  await bot.configure({ generation: 7, restartCount: 2, desired: 'stopped' });
  expect((await tells(undefined, undefined)).generation).toBe(7);
  await bot.configure({ generation: 8, restartCount: 2 });
  await tells(8, undefined);
});

test('a first configuration that is refused has nothing to run by', async () => {
  const fresh = await supervised();
  try {
    await fresh.configure({ document: { ...fresh.wanted.document, nonsense: 1 } });
    const report = await fresh.reaches('failed');
    expect(told(report)).toEqual([undefined, 1]);
    expect(report.refused?.reason).toContain('Unrecognized key: "nonsense"');
  } finally {
    await fresh.close();
  }
});

test('a report of a supervisor of before says neither, and is a report all the same', () => {
  const { applied: _, refused: __, ...before } = bot.report() as Report;
  expect(Report.parse(before)).toEqual(before);
});

test('changes that come while one is being applied are one more write, with the last of them', async () => {
  const file = join(bot.directory, 'openclaw.json');
  const limitOf = async () => {
    const { agents } = JSON.parse(await readFile(file, 'utf8')) as { agents: { defaults: { maxConcurrent?: number } } };
    return agents.defaults.maxConcurrent;
  };
  const written: (number | undefined)[] = [];
  const watcher = watch(bot.directory, (_, name) => {
    // What was renamed away meanwhile is seen with the next.
    if (name === 'openclaw.json') void limitOf().then((limit) => written.push(limit));
  });
  const { agents } = bot.wanted.document as { agents: { defaults: object } };
  const change = (generation: number) =>
    bot.configure({
      generation,
      restartCount: 2,
      document: documentWith({ agents: { ...agents, defaults: { ...agents.defaults, maxConcurrent: generation } } }),
    });
  await change(9);
  await until(async () => (await limitOf()) === 9, 30_000, 'the first write');
  await Promise.all([change(10), change(11), change(12)]);
  await tells(12, undefined);
  watcher.close();
  expect([...new Set(written)]).toEqual([9, 12]);
  expect(bot.report()?.restartCount).toBe(2);
});
