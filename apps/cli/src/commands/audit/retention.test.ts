import { expect, test } from 'vitest';
import { cliAt } from '../../testing/cli-at.ts';

async function cliWith(due: number) {
  const cli = await cliAt({
    'auditRetention.get': ({ days }: { days?: number }) => ({ due: days ? due : 0 }),
    'auditRetention.set': ({ days }: { days: number | null }) => ({ due, ...(days === null ? {} : { days }) }),
  });
  return { ...cli, names: () => cli.server.calls.map(({ name }) => name) };
}

test('audit retention says how long events are kept', async () => {
  const { run, names } = await cliWith(0);
  expect((await run(['audit', 'retention'])).stdout).toContain('Events are kept for ever.');
  expect(names()).toEqual(['auditRetention.get']);
});

test('where something would go, it asks first; without a terminal it wants to be told so', async () => {
  const { run, names } = await cliWith(12_000);
  const { code, stderr } = await run(['audit', 'retention', '--days', '90']);
  expect([code, stderr]).toEqual([2, expect.stringContaining('--yes')]);
  expect(names()).not.toContain('auditRetention.set');
  expect((await run(['audit', 'retention', '--days', '90', '--yes'])).stdout).toContain('kept for 90 days');
});

test('where nothing goes, it does not ask', async () => {
  const { run, server } = await cliWith(0);
  await run(['audit', 'retention', '--days', '90']);
  expect(server.calls.at(-1)?.input).toEqual({ days: 90 });
  expect((await run(['audit', 'retention', '--for-ever'])).stdout).toContain('Events are kept for ever.');
});

test('days and for ever at once are refused', async () => {
  const { run, names } = await cliWith(0);
  expect((await run(['audit', 'retention', '--days', '90', '--for-ever'])).code).toBe(2);
  expect(names()).toEqual([]);
});
