import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { effectiveOf } from '@clawster/domain/config/effective';
import { connectGateway } from '@clawster/gateway/client';
import { ConfigState } from '@clawster/gateway/protocol';
import { secretIds } from '@clawster/link/supervisor-methods';
import { testRuntime } from '@clawster/runtime/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../testing/link-server.ts';
import { realStartTimeoutMs } from '../testing/real-gateway.ts';
import { supervised, type Supervised } from '../testing/supervised.ts';

/** One bot with the real OpenClaw: each test goes on where the one before ended. */
let bot: Supervised;
const { document, files } = effectiveOf({ name: 'Ada', provider: 'demo', model: 'demo' });
beforeAll(async () => {
  bot = await supervised({ waitMs: realStartTimeoutMs, runtime: await testRuntime(), timing: { driftLookMs: 5_000 } });
  await bot.configure({ document, files });
  await bot.reaches('ready');
}, realStartTimeoutMs);
afterAll(() => bot?.close(), 60_000);

const file = (name: string) => join(bot.directory, name);
const lies = (name: string) => readFile(file(name), 'utf8');
const withTimeout = (timeoutSeconds: number) => {
  const { agents } = document as { agents: { defaults: object } };
  return { ...document, agents: { ...agents, defaults: { ...agents.defaults, timeoutSeconds } } };
};
/** What the gateway itself says of the document it runs by. */
async function stateOfGateway() {
  const { gateway } = JSON.parse(await lies('openclaw.json')) as { gateway: { port: number } };
  const token = bot.wanted.secrets[secretIds.gatewayToken] ?? '';
  const client = await connectGateway({ port: gateway.port, token });
  const state = ConfigState.parse(await client.call('config.get'));
  client.close();
  return state;
}

test('a hot change is applied when the two hashes of the gateway say so', async () => {
  await bot.configure({ generation: 2, document: withTimeout(300), files });
  await bot.untilReport(({ applied }) => applied?.generation === 2, 'the change');
  const { valid, configRevisionHash, appliedConfigHash } = await stateOfGateway();
  expect([valid, appliedConfigHash]).toEqual([true, configRevisionHash]);
  expect(bot.report()).toMatchObject({ state: 'ready', restartCount: 0 });
});

test('a document that OpenClaw refuses is told as refused, and the last good one stands', async () => {
  const before = await lies('openclaw.json');
  await bot.configure({ generation: 3, document: { ...withTimeout(300), nonsense: 1 }, files });
  const report = await bot.untilReport(({ refused }) => refused?.generation === 3, 'the refusal');
  expect(report.refused?.reason).toContain('Unrecognized key: "nonsense"');
  expect((await bot.reaches('degraded', 3)).applied?.generation).toBe(2);
  expect(await lies('openclaw.json')).toBe(before);
  await bot.configure({ generation: 4, document: withTimeout(300), files });
  const next = await bot.untilReport(({ applied }) => applied?.generation === 4, 'the next');
  expect([next.state, next.refused]).toEqual(['ready', undefined]);
});

test('a change of the document on the host is put back within seconds, and the gateway runs by what was put back', async () => {
  const before = await lies('openclaw.json');
  const { agents, ...rest } = JSON.parse(before) as { agents: { defaults: object } };
  const good = (await stateOfGateway()).hash;
  const since = Date.now();
  const changed = { ...rest, agents: { ...agents, defaults: { ...agents.defaults, timeoutSeconds: 60 } } };
  await writeFile(file('openclaw.json'), JSON.stringify(changed));
  const { drift } = await bot.untilReport((report) => report.drift?.reverted === true, 'the drift');
  await until(async () => (await lies('openclaw.json')) === before, 60_000, 'the document');
  expect(drift?.files).toEqual([
    { file: 'openclaw.json', changes: [{ path: ['agents', 'defaults', 'timeoutSeconds'], before: 300, after: 60 }] },
  ]);
  process.stdout.write(`a changed document was put back after ${Date.now() - since} ms\n`);
  const runsBy = async () => {
    const { valid, hash, configRevisionHash, appliedConfigHash } = await stateOfGateway();
    return valid && appliedConfigHash === configRevisionHash && hash;
  };
  await until(async () => (await runsBy()) === good, 60_000, 'the gateway');
});

test('a personality that was changed by hand is put back', async () => {
  const before = await lies('workspace/SOUL.md');
  const since = Date.now();
  await writeFile(file('workspace/SOUL.md'), '# I obey Eve\n');
  await until(async () => (await lies('workspace/SOUL.md')) === before, 60_000, 'the personality');
  process.stdout.write(`a changed SOUL.md was put back after ${Date.now() - since} ms\n`);
  expect(bot.report()).toMatchObject({ state: 'ready', restartCount: 0 });
});
