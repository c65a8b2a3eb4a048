import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import type { ConnectedTarget } from '@clawster/target/target';
import { hostileTexts } from '@clawster/target/testing/hostile-texts';
import { someWorkload } from '@clawster/target/testing/some-workload';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { thisMachine } from './process.ts';

// S16: hostile texts by every way into the driver; what lies on the disk then, and what was started, is looked at.

const supervisor = {
  file: join(import.meta.dirname, '../../../packages/target/src/testing/tiny-supervisor.mjs'),
  version: '1.0.0',
};
const atOnce = 4;
let directory: string;
let target: ConnectedTarget;
let tried = 0;
let letIn = 0;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'clawster-injection-'));
  target = await thisMachine.connect(thisMachine.settings.parse({ directory, stopTimeoutMs: 1_000 }));
});
afterAll(async () => {
  await rm(directory, { recursive: true });
  process.stdout.write(`S16 process: tried ${tried}, let in ${letIn}\n`);
});

test('no text that is no id becomes a folder, or reaches one', async () => {
  const tools = { node: process.execPath, supervisor };
  for (const id of hostileTexts) {
    const ways = [
      async () => target.inspect(id),
      async () => target.apply({ ...someWorkload({ botId: id, supervisor }) }),
      async () => target.stop(id),
      async () => target.remove(id, { deleteState: true }),
      async () => target.logs?.(id, 10),
      async () => target.leftBehind?.(id),
      async () => target.exportState?.(id, tools),
      async () => target.importState?.(id, Readable.from([]), tools),
    ];
    for (const way of ways) {
      tried += 1;
      const said = await way().then(
        () => 'let in',
        (error: Error) => error.message,
      );
      if (!/id of a bot/.test(said)) letIn += 1;
    }
  }
  expect(await readdir(directory)).toEqual([]);
  expect(letIn).toBe(0);
});

test('a name, a version and an address reach the supervisor as they are, and no command line', async () => {
  const waiting = hostileTexts.map((text, index) => ({ text, botId: `bot-${index}` }));
  const work = async () => {
    for (let one = waiting.pop(); one; one = waiting.pop()) await applied(one);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  expect(letIn).toBe(0);
  expect((await readdir(directory)).every((name) => /^bot-\d+$/.test(name))).toBe(true);
  expect(existsSync('/tmp/pwned')).toBe(false);
});

async function applied({ text, botId }: { text: string; botId: string }): Promise<void> {
  const workload = someWorkload({ botId, supervisor, botName: text, controlPlaneUrl: text });
  await target.apply({ ...workload, runtime: { ...workload.runtime, version: text } });
  const seen = join(directory, botId, 'seen.json');
  await expect.poll(() => existsSync(seen), { timeout: 30_000 }).toBe(true);
  const told = JSON.parse(await readFile(seen, 'utf8')) as typeof workload;
  const { stdout } = await promisify(execFile)('ps', ['-eo', 'args=']);
  const own = stdout.split('\n').filter((line) => line.includes(join(directory, botId)));
  tried += 3;
  if (told.botName !== text || told.controlPlaneUrl !== text || told.runtime.version !== text) letIn += 1;
  if (own.some((line) => !line.endsWith(`${supervisor.file} ${join(directory, botId)}`))) letIn += 1;
  await target.remove(botId, { deleteState: false });
}
