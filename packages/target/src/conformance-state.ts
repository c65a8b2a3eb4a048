import { PassThrough, Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { expect, test, type TestContext } from 'vitest';
import { badArchives, unpacked } from './conformance-archives.ts';
import { type Suite, untilState } from './conformance-suite.ts';
import { NoState } from './no-state.ts';

/** What lies beside a bot's state and must never leave its host. */
const besides = [
  'identity.json',
  'openclaw.json',
  'gateway.pid',
  'supervisor.pid',
  'spool.jsonl',
  'process.json.old',
  'secrets.sock',
  'logs/gateway.log',
  'tmp/scratch',
  'home/.cache/thing',
  'state/openclaw.json.bak',
  'state/tmp/openclaw-0/gateway.lock.sqlite',
  'state/logs/stability.log',
  'state/npm/projects/slack/index.js',
  'state/cache/asset',
];
const canary = 'canary-that-must-stay-on-its-host';

/** What a target promises that can hand a bot's state on. */
export function describeState(suite: Suite): void {
  describeCopies(suite);
  describeRefusals(suite);
}

/** The target's two methods; skips the test where it has none. */
function hands({ target, under }: Suite, { skip }: TestContext) {
  const connected = target();
  if (!connected.exportState || !connected.importState) skip('this target does not hand state on');
  const { tools } = under();
  return {
    take: async (botId: string) => buffer((await connected.exportState?.(botId, tools)) ?? Readable.from([])),
    give: (botId: string, archive: Buffer | Readable) =>
      connected.importState?.(botId, archive instanceof Readable ? archive : Readable.from([archive]), tools),
  };
}

async function runningBot({ under, target, newBot }: Suite, files: Record<string, string> = {}): Promise<string> {
  const workload = under().workload(newBot());
  await target().apply(workload);
  await untilState(target(), workload.botId, 'running');
  for (const [name, text] of Object.entries(files)) await under().writeState(workload.botId, name, text);
  return workload.botId;
}

const memory = { 'state/memory.txt': 'the sea is blue', 'workspace/deep/notes.md': '# Notes' };

function describeCopies(suite: Suite): void {
  const { under, target, newBot } = suite;
  test.for(['running', 'stopped'])('the state of a %s bot reaches another bot', async (state, context) => {
    const { take, give } = hands(suite, context);
    const from = await runningBot(suite, memory);
    if (state === 'stopped') await target().stop(from);
    const archive = await take(from);
    expect(await under().runningCount(from)).toBe(state === 'running' ? 1 : 0);
    const to = newBot();
    await give(to, archive);
    for (const [name, text] of Object.entries(memory)) expect(await under().readState(to, name)).toBe(text);
    expect(await target().inspect(to)).toEqual({ state: 'absent' });
    await target().apply(under().workload(to));
    await untilState(target(), to, 'running');
    expect(await under().readState(to, 'state/memory.txt')).toBe('the sea is blue');
  });

  test('another state takes the place of the one before it, whole', async (context) => {
    const { take, give } = hands(suite, context);
    const archive = await take(await runningBot(suite, memory));
    const to = await runningBot(suite, { 'state/older.txt': 'older', 'identity.json': 'its own' });
    await target().stop(to);
    await give(to, archive);
    await give(to, archive);
    expect(await under().readState(to, 'state/memory.txt')).toBe('the sea is blue');
    expect(await under().readState(to, 'state/older.txt')).toBeUndefined();
    expect(await under().readState(to, 'identity.json')).toBe('its own');
  });

  test('keys, pid files, sockets, logs, spool and configuration are not in an archive', async (context) => {
    const { take, give } = hands(suite, context);
    const from = await runningBot(suite, { ...memory, ...Object.fromEntries(besides.map((name) => [name, canary])) });
    const archive = await take(from);
    expect(await unpacked(archive)).not.toContain(canary);
    const to = newBot();
    await give(to, archive);
    for (const name of besides) expect(await under().readState(to, name), name).toBeUndefined();
  });

  test('a bot that was never started has no state to hand on', async (context) => {
    const { take } = hands(suite, context);
    await expect(take(newBot())).rejects.toThrow(NoState);
  });
}

function describeRefusals(suite: Suite): void {
  const { under, target } = suite;
  test('a bot that runs is given no other state', async (context) => {
    const { take, give } = hands(suite, context);
    const archive = await take(await runningBot(suite, memory));
    const to = await runningBot(suite, { 'state/memory.txt': 'mine' });
    await expect(give(to, archive)).rejects.toThrow(/runs/);
    expect(await under().readState(to, 'state/memory.txt')).toBe('mine');
  });

  test('an archive that is damaged, cut short or hostile is refused in a sentence and changes nothing', async (context) => {
    const { take, give } = hands(suite, context);
    const bad = await badArchives(await take(await runningBot(suite, memory)));
    const to = await runningBot(suite, { 'state/memory.txt': 'mine' });
    await target().stop(to);
    for (const [what, archive] of bad) {
      await expect(give(to, archive), what).rejects.toThrow(/^(The|This|There) .{15,}/);
      expect(await under().readState(to, 'state/memory.txt'), what).toBe('mine');
      expect(await under().readState(to, 'state/some.txt'), what).toBeUndefined();
    }
    await target().apply(under().workload(to));
    await untilState(target(), to, 'running');
  });

  test('an archive whose sender breaks off changes nothing', async (context) => {
    const { take, give } = hands(suite, context);
    const archive = await take(await runningBot(suite, memory));
    const to = await runningBot(suite, { 'state/memory.txt': 'mine' });
    await target().stop(to);
    const sender = new PassThrough();
    const giving = give(to, sender);
    sender.write(archive.subarray(0, archive.length >> 1));
    setTimeout(() => sender.destroy(new Error('The sender broke off')), 300);
    await expect(giving).rejects.toThrow(/broke off|cut short/);
    expect(await under().readState(to, 'state/memory.txt')).toBe('mine');
  });
}
