import { afterEach, expect, test } from 'vitest';
import { testCli } from '../../testing/cli.ts';
import { contractServer } from '../../testing/server.ts';

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
});

async function cliAt(due: number) {
  const server = await contractServer({
    'auditRetention.get': ({ days }: { days?: number }) => ({ due: days ? due : 0 }),
    'auditRetention.set': ({ days }: { days: number | null }) => ({ due, ...(days === null ? {} : { days }) }),
  });
  const cli = await testCli({ CLAWSTER_URL: server.url, CLAWSTER_API_KEY: 'key-1' });
  cleanUps.push(server.close, cli.remove);
  return { ...cli, server, names: () => server.calls.map(({ name }) => name) };
}

test('audit retention says how long events are kept', async () => {
  const { run, names } = await cliAt(0);
  expect((await run(['audit', 'retention'])).stdout).toContain('Events are kept for ever.');
  expect(names()).toEqual(['auditRetention.get']);
});

test('where something would go, it asks first; without a terminal it wants to be told so', async () => {
  const { run, names } = await cliAt(12_000);
  const { code, stderr } = await run(['audit', 'retention', '--days', '90']);
  expect([code, stderr]).toEqual([2, expect.stringContaining('--yes')]);
  expect(names()).not.toContain('auditRetention.set');
  expect((await run(['audit', 'retention', '--days', '90', '--yes'])).stdout).toContain('kept for 90 days');
});

test('where nothing goes, it does not ask', async () => {
  const { run, server } = await cliAt(0);
  await run(['audit', 'retention', '--days', '90']);
  expect(server.calls.at(-1)?.input).toEqual({ days: 90 });
  expect((await run(['audit', 'retention', '--for-ever'])).stdout).toContain('Events are kept for ever.');
});

test('days and for ever at once are refused', async () => {
  const { run, names } = await cliAt(0);
  expect((await run(['audit', 'retention', '--days', '90', '--for-ever'])).code).toBe(2);
  expect(names()).toEqual([]);
});
