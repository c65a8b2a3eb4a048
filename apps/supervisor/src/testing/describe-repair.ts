import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Workload } from '../workload.ts';
import { supervised, type Supervised } from './supervised.ts';

type Finding = { checkId: string };
type Told = {
  ok: boolean;
  steps: { name: string; ok: boolean; changed: boolean; text: string }[];
  before: Finding[];
  after: Finding[];
};

/** What a repair promises, of the stand-in and of the real OpenClaw. */
export function describeRepair(
  name: string,
  options: { runtime?: () => Promise<Workload['runtime']>; waitMs: number },
) {
  describe(`a bot ${name} whose state was made wrong`, { timeout: options.waitMs }, () => {
    let bot: Supervised;
    let told: Told;
    let document: string;
    const file = (...words: string[]) => join(bot.directory, ...words);
    const rights = async (path: string) => (await stat(path)).mode & 0o777;
    const changed = () => told.steps.filter((step) => step.changed).map((step) => step.name);

    beforeAll(async () => {
      const runtime = await options.runtime?.();
      bot = await supervised({ waitMs: options.waitMs, ...(runtime ? { runtime } : {}) });
      await bot.configure({});
      await bot.reaches('ready');
      document = await readFile(file('openclaw.json'), 'utf8');
      await chmod(file('state'), 0o755);
      await chmod(file('openclaw.json'), 0o644);
      await mkdir(file('state', 'tmp', 'openclaw-77'), { recursive: true });
      await writeFile(file('state', 'tmp', 'openclaw-77', 'gateway.dead.lock'), '{"pid":4194305}');
      await writeFile(file('tmp', 'left-over'), 'x'.repeat(100_000));
      told = (await bot.link.ask('repair.run', {})) as Told;
    }, options.waitMs);
    afterAll(() => bot.close(), options.waitMs);

    test('is repaired, step by step', () => {
      expect(told.steps.map((step) => step.name)).toEqual([
        'permissions',
        'leftovers',
        'openclaw-doctor',
        'sessions',
        'configuration',
      ]);
      expect(told.steps.filter((step) => !step.ok)).toEqual([]);
      expect(changed()).toEqual(expect.arrayContaining(['permissions', 'leftovers']));
    });

    test('has its files to itself again', async () => {
      expect([await rights(file('state')), await rights(file('openclaw.json'))]).toEqual([0o700, 0o600]);
    });

    test('loses the locks of the dead and what was left over, and nothing else', async () => {
      await expect(stat(file('state', 'tmp', 'openclaw-77', 'gateway.dead.lock'))).rejects.toThrow('ENOENT');
      await expect(stat(file('tmp', 'left-over'))).rejects.toThrow('ENOENT');
      expect(await readFile(file('workspace', 'SOUL.md'), 'utf8')).toBe(bot.wanted.files['SOUL.md']);
    });

    test('keeps its configuration, whatever doctor thinks of it', async () => {
      expect(told.steps.at(-1)).toMatchObject({ name: 'configuration', ok: true });
      const { meta } = JSON.parse(await readFile(file('openclaw.json'), 'utf8')) as { meta?: unknown };
      expect(meta).toBeUndefined();
      expect(withoutPorts(await readFile(file('openclaw.json'), 'utf8'))).toBe(withoutPorts(document));
      await expect(stat(file('openclaw.repair.json'))).rejects.toThrow('ENOENT');
    });

    test('says what was found before and after', () => {
      const ids = (findings: Finding[]) => findings.map(({ checkId }) => checkId);
      expect(ids(told.after)).toEqual(ids(told.before));
    });

    test('works again, and its evidence tells of it', async () => {
      const report = await bot.reaches('ready');
      expect(report.evidence.map(({ text }) => text)).toContain('The configuration is as it was');
    });
  });
}

/** Each start takes another port. */
function withoutPorts(document: string): string {
  return document.replaceAll(/"port": \d+|127\.0\.0\.1:\d+/g, '');
}
