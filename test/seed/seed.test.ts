import { createClient } from '@clawster/client/client';
import type { BotPhase } from '@clawster/contract/bot';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { testCli } from '../../apps/cli/src/testing/cli.ts';
import { parseConfig } from '../../apps/server/src/config.ts';
import { createLog } from '../../apps/server/src/log.ts';
import { type RunningServer, startServer } from '../../apps/server/src/start-server.ts';
import { sharedInstallation, type SharedInstallation } from '../../apps/server/src/testing/shared-database.ts';

// A whole server is brought up here, on a machine that may be busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let shared: SharedInstallation;
let server: RunningServer;
let cli: Awaited<ReturnType<typeof testCli>>;
beforeAll(async () => {
  shared = await sharedInstallation();
  server = await startServer(parseConfig(await shared.environment('seeded')), createLog('silent'));
  await shared.signUp(server.url, server.setupToken ?? '');
  cli = await testCli({ CLAWSTER_URL: server.url, CLAWSTER_API_KEY: shared.apiKey() });
});
afterAll(async () => {
  await cli?.remove();
  await server?.stop();
  await shared.close();
});

async function phases(): Promise<Partial<Record<BotPhase, number>>> {
  const { items } = await shared.client(server.url).bots.list({ limit: 200 });
  const counts: Partial<Record<BotPhase, number>> = {};
  for (const { status } of items) counts[status.phase] = (counts[status.phase] ?? 0) + 1;
  return counts;
}

const seed = async (...more: string[]) => {
  const { code, stdout, stderr } = await cli.run(['seed', '--json', ...more]);
  return code === 0 ? JSON.parse(stdout) : stderr;
};

test('a fleet of stand-ins comes up, is topped up, and goes', async () => {
  expect(await seed('--bots', '12')).toEqual({ bots: 12, made: 12, removed: 0 });
  expect(await seed('--bots', '24')).toEqual({ bots: 24, made: 12, removed: 0 });
  expect(await seed('--bots', '24')).toEqual({ bots: 24, made: 0, removed: 0 });
  // No OpenClaw is installed for them.
  await expect.poll(phases, { timeout: 60_000 }).toMatchObject({ ready: 19, degraded: 3, paused: 1, stopped: 1 });
  expect(await seed('--remove')).toEqual({ bots: 0, made: 0, removed: 24 });
  await expect.poll(phases, { timeout: 60_000 }).toEqual({});
});

test('who may not add a target is told so', async () => {
  const client = shared.client(server.url);
  const { value } = await client.apiKeys.create({ name: 'operator', role: 'operator' });
  await expect(
    createClient({ baseUrl: server.url, apiKey: value }).targets.create({ name: 'Another', kind: 'stand-in' }),
  ).rejects.toThrow('does not have the permission target:manage');
});

test('so many bots cannot be imagined', async () => {
  expect(await seed('--bots', '10001')).toContain('from 1 to 10000');
});
