import type { KeyJob, KeyOverview } from '@clawster/contract/key';
import { afterEach, expect, test } from 'vitest';
import { testCli } from '../../testing/cli.ts';
import { contractServer } from '../../testing/server.ts';

const job = (some: Partial<KeyJob>): KeyJob => ({
  id: '3f6f3f0e-6f43-4d53-9c38-555555555555',
  kind: 'rewrap',
  done: 0,
  left: 3,
  begunAt: '2026-01-01T00:00:00Z',
  ...some,
});
const overview: KeyOverview = {
  items: [
    {
      id: 'vault:transit/clawster:v2',
      kind: 'vault',
      use: 'current',
      dataKeys: 1,
      secrets: 4,
      lookedAt: new Date().toISOString(),
    },
    { id: 'file:0123456789ab', kind: 'file', use: 'former', dataKeys: 2, secrets: 8, trouble: 'The key file is open' },
    { id: 'file:gone', use: 'missing', dataKeys: 1, secrets: 0 },
  ],
  retired: { keys: 1, secrets: 0, backups: 2, answers: 3 },
  jobs: [job({ done: 1, left: 2, trouble: 'The vault is sealed' })],
};

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
});

async function cliAt(steps: KeyJob[] = []) {
  const server = await contractServer({
    'keys.list': () => overview,
    'keys.rewrap': () => job({}),
    'keys.reencrypt': () => job({ kind: 'reencrypt' }),
    'keys.getJob': () => steps.shift() ?? job({ done: 3, left: 0, endedAt: '2026-01-01T00:00:01Z' }),
  });
  const cli = await testCli({ CLAWSTER_URL: server.url, CLAWSTER_API_KEY: 'key-1' });
  cleanUps.push(server.close, cli.remove);
  return cli;
}

test('key list tells each key, what is under it, its trouble, and what goes on', async () => {
  const { stdout, code } = await (await cliAt()).run(['key', 'list']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/vault:transit\/clawster:v2 +current +1 +4/);
  expect(stdout).toContain('The key file is open');
  expect(stdout).toContain('name it in CLAWSTER_FORMER_KEYS');
  expect(stdout).toContain(
    '1 of 3 data keys are wrapped under the current key. It is tried again soon: The vault is sealed',
  );
  expect(stdout).toContain('1 retired data keys are kept for 0 secrets, 2 backups and 3 answers');
});

test('key rewrap says how far it is, and with --wait ends when it has ended', async () => {
  const { run } = await cliAt([job({ done: 2, left: 1 })]);
  expect((await run(['key', 'rewrap'])).stdout).toContain('0 of 3 data keys are wrapped');
  const { code, stdout, stderr } = await run(['key', 'rewrap', '--wait']);
  expect(code).toBe(0);
  expect(stderr).toContain('2 of 3 data keys');
  expect(stdout).toContain('All data keys are under the current key (3 done).');
});

test('key reencrypt prints the job as JSON', async () => {
  const { stdout } = await (await cliAt()).run(['key', 'reencrypt', '--json']);
  expect(JSON.parse(stdout)).toMatchObject({ kind: 'reencrypt', left: 3 });
});
