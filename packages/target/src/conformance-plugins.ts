import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, type TestContext } from 'vitest';
import { type Suite, untilState } from './conformance-suite.ts';

/** What a target promises that places the plugins of channels; each test has a channel of its own. */
export function describePlugins(suite: Suite): void {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'clawster-plugin-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('a plugin comes to all bots of its version that run, whole, and none of them can change it', async (context) => {
    const { place, read, write } = plugins(suite, context, 'slack');
    const [one, other] = [await runningBot(suite), await runningBot(suite)];
    const elsewhere = await runningBot(suite, '2026.9.5');
    expect(await read(one)).toBeUndefined();
    const directory = await prepared(folder, 'lock', 'first');
    await Promise.all([place(directory), place(directory)]);
    expect([await read(one), await read(other), await read(elsewhere)]).toEqual(['first', 'first', undefined]);
    expect(await write(one)).toBe(false);
    expect(await read(other)).toBe('first');
  });

  test('a plugin of another content takes the place of the one before; the same changes nothing', async (context) => {
    const { place, read } = plugins(suite, context, 'discord');
    const botId = await runningBot(suite);
    await place(await prepared(folder, 'lock', 'first'));
    await place(await prepared(folder, 'lock', 'never read'));
    expect(await read(botId)).toBe('first');
    await place(await prepared(folder, 'another lock', 'second'));
    expect(await read(botId)).toBe('second');
  });

  test('a plugin that is not prepared is refused, and changes nothing', async (context) => {
    const { place, read } = plugins(suite, context, 'whatsapp');
    const botId = await runningBot(suite);
    await place(await prepared(folder, 'lock', 'first'));
    await expect(place(join(folder, 'nowhere'))).rejects.toThrow(/./);
    expect(await read(botId)).toBe('first');
  });
}

/** A plugin as it lies prepared, of which a lockfile says what is in it. */
async function prepared(folder: string, lock: string, text: string): Promise<string> {
  const directory = await mkdtemp(join(folder, 'prepared-'));
  await mkdir(join(directory, 'node_modules/below'), { recursive: true });
  await writeFile(join(directory, 'node_modules/below/index.js'), text);
  await writeFile(join(directory, 'pnpm-lock.yaml'), lock);
  return directory;
}

function plugins({ target, under }: Suite, { skip }: TestContext, channel: string) {
  const [connected, seen] = [target(), under().plugins];
  if (!connected.placePlugin || !seen) return skip('its bots read what is prepared on this machine');
  const { version } = under().workload('any').runtime;
  const file = `${channel}/node_modules/below/index.js`;
  return {
    place: async (directory: string) => connected.placePlugin?.({ version, channel, directory }),
    read: (botId: string) => seen.read(botId, file),
    write: (botId: string) => seen.write(botId, file),
  };
}

async function runningBot({ target, under, newBot }: Suite, version?: string): Promise<string> {
  const workload = under().workload(newBot());
  await target().apply({ ...workload, runtime: { ...workload.runtime, ...(version ? { version } : {}) } });
  await untilState(target(), workload.botId, 'running');
  return workload.botId;
}
