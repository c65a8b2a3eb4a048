import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { testCli } from '../../testing/cli.ts';
import { contractServer } from '../../testing/server.ts';

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
});

const amounts = {
  calls: 1_200,
  failed: 0,
  inputTokens: 4_000_000,
  outputTokens: 1,
  cacheReadTokens: 0,
  cacheWriteTokens: 0,
  unpriced: 2,
  modelUsd: 1.006,
  infrastructureUsd: 0,
  totalUsd: 1.006,
};
const nothing = { calls: 1, inputTokens: 0, outputTokens: 0, unpriced: 0, modelUsd: 0, totalUsd: 0 };
const costs = {
  from: '2026-11-01',
  to: '2026-11-27',
  before: { from: '2026-10-05', to: '2026-10-31' },
  rows: [
    { ...amounts, kind: 'group', key: 'support', share: 1, before: { totalUsd: 2.01, calls: 3 } },
    { ...amounts, ...nothing, kind: 'none', key: '', share: 0, before: { totalUsd: 0, calls: 0 } },
  ],
  total: { ...amounts, beforeUsd: 2.01 },
  series: [],
  prices: [],
};
const team = { id: '3f6f3f0e-6f43-4d53-9c38-000000000001', name: 'Care' };
const targetId = '0f3c1d52-1111-4222-8333-444455556666';
const target = {
  targetId,
  name: 'Rack 4',
  prices: [{ from: '2026-11-01T00:00:00Z', usdPerHour: 0.2 }],
  importedDays: 0,
  monthUsd: 3,
  idleUsd: 0,
};

async function cliAt() {
  const server = await contractServer({
    'costs.list': () => costs,
    'costs.export': () => ['day\r\n', '2026-11-01\r\n'],
    'costs.importTargetCosts': () => ({ days: 1, targets: 1, usd: 4 }),
    'costs.setTargetPrice': () => target,
    'teams.list': () => ({ items: [team], total: 1 }),
    'targets.list': () => ({
      items: [
        { id: targetId, name: 'Rack 4', kind: 'process', botCount: 0, orphans: [], createdAt: '2026-11-01T00:00:00Z' },
      ],
      total: 1,
    }),
  });
  const cli = await testCli({ CLAWSTER_URL: server.url, CLAWSTER_API_KEY: 'key-1' });
  cleanUps.push(server.close, cli.remove);
  return { ...cli, server };
}

test('cost show groups by a label where one is named, and says what is missing in the amounts', async () => {
  const { run, server } = await cliAt();
  const { code, stdout } = await run(['cost', 'show', '--label', 'team', '--from', '2026-11-01', '--target', 'rack 4']);
  expect(code).toBe(0);
  expect(server.calls.at(-1)?.input).toMatchObject({ group: 'label', label: 'team', from: '2026-11-01', targetId });
  expect(stdout).toContain('against 2026-10-05 to 2026-10-31: −50%');
  expect(stdout).toMatch(/support +1,200 +4,000,001 +\$1\.01 +\$0\.00 +\$1\.01 +100% +−50%/);
  expect(stdout).toContain('2 calls without a known price are missing in these amounts.');
});

test('cost show groups by team, and tells the cost of one team', async () => {
  const { run, server } = await cliAt();
  const { code, stdout } = await run(['cost', 'show', '--by', 'team', '--team', 'care']);
  expect(code).toBe(0);
  expect(server.calls.at(-1)?.input).toMatchObject({ group: 'team', teamId: team.id });
  expect(stdout).toMatch(/In no team +1 +0 +\$0\.00/);
});

test('cost export writes a new file', async () => {
  const { run, home } = await cliAt();
  const file = join(home, 'costs.csv');
  expect((await run(['cost', 'export', '--file', file])).code).toBe(0);
  expect(await readFile(file, 'utf8')).toBe('day\r\n2026-11-01\r\n');
});

test('cost import sends the file, and cost set-price the price of the target that is named', async () => {
  const { run, server, home } = await cliAt();
  const file = join(home, 'bill.csv');
  await writeFile(file, '2026-11-01,Rack 4,4');
  expect((await run(['cost', 'import', file])).stdout).toBe('Taken over: $4.00 in 1 line, of 1 target.\n');
  expect(server.calls.at(-1)?.input).toEqual({ csv: '2026-11-01,Rack 4,4' });
  expect((await run(['cost', 'set-price', 'Rack 4', '0.2'])).stdout).toContain('Rack 4 costs $0.20 an hour');
  expect(server.calls.at(-1)?.input).toEqual({ targetId, usdPerHour: 0.2 });
  expect((await run(['cost', 'set-price', 'Rack 4', 'free'])).code).toBe(2);
});
