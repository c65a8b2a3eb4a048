import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { testCli } from '../../testing/cli.ts';
import { contractServer } from '../../testing/server.ts';

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
});

async function cliAt() {
  const event = {
    id: '1-1',
    at: '2026-01-01T00:00:00Z',
    type: 'session-refused',
    actor: { kind: 'system', job: 'sign-in' },
    origin: { address: '192.0.2.7', userAgent: 'test' },
    detail: {},
  };
  const server = await contractServer({
    'events.list': () => ({ items: [event], total: 1 }),
    'events.export': () => ['one\n', 'two\n'],
  });
  const cli = await testCli({ CLAWSTER_URL: server.url, CLAWSTER_API_KEY: 'key-1' });
  cleanUps.push(server.close, cli.remove);
  return { ...cli, server };
}

test('event list asks for what fits, and says from where it was asked', async () => {
  const { run, server } = await cliAt();
  const argv = ['--noun', 'session', '--by', 'system', '--outcome', 'refused', '--since', '24h', '--search', 'eve'];
  const { code, stdout } = await run(['event', 'list', ...argv, '--until', '2026-11-02']);
  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/session-refused .*192\.0\.2\.7/) });
  expect(server.calls.at(-1)?.input).toMatchObject({
    noun: 'session',
    actorKind: 'system',
    outcome: 'refused',
    search: 'eve',
    until: '2026-11-02T00:00:00.000Z',
  });
  const asked = server.calls.at(-1)?.input as { since: string } | undefined;
  expect(Math.abs(Date.now() - 86_400_000 - Date.parse(asked?.since ?? ''))).toBeLessThan(60_000);
});

test('a moment that is none is refused', async () => {
  const { run } = await cliAt();
  expect(await run(['event', 'list', '--since', 'soon'])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('how long ago such as 24h'),
  });
});

test('event export writes all of it, to a file that is new and that nobody else may read', async () => {
  const { run, server } = await cliAt();
  expect((await run(['event', 'export', '--format', 'csv'])).stdout).toBe('one\ntwo\n');
  expect(server.calls.at(-1)).toMatchObject({ name: 'events.export', input: { format: 'csv' } });
  const folder = await mkdtemp(join(tmpdir(), 'clawster-events-'));
  cleanUps.push(() => rm(folder, { recursive: true }));
  const file = join(folder, 'events.jsonl');
  expect((await run(['event', 'export', '--file', file])).code).toBe(0);
  expect(await readFile(file, 'utf8')).toBe('one\ntwo\n');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await run(['event', 'export', '--file', file])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('is there already'),
  });
});
