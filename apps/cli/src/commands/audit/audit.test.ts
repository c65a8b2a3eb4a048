import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AuditCheckpoint, AuditVerification } from '@clawster/contract/audit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { testCli } from '../../testing/cli.ts';
import { contractServer, Refused } from '../../testing/server.ts';

const workspaceId = '3f6f3f0e-6f43-4d53-9c38-555555555555';
const identity = {
  caller: { kind: 'api-key', id: '3f6f3f0e-6f43-4d53-9c38-444444444444', name: 'CLI' },
  role: 'viewer',
  permissions: [],
  workspace: { id: workspaceId, name: 'Home', createdAt: '2026-01-01T00:00:00Z' },
};
const seal = (number: number, letter = 'a'): AuditCheckpoint => ({
  workspaceId,
  number,
  at: '2026-01-01T00:00:00Z',
  lastEvent: number * 5,
  keyId: 'ed25519:1',
  signature: 's',
  hash: letter.repeat(64),
});
const done = {
  type: 'done',
  sound: true,
  findings: 0,
  seals: 3,
  events: 15,
  forgotten: 0,
  unsealed: 0,
  keyId: 'ed25519:1',
} as const;
const finding = {
  kind: 'event-edited',
  event: 7,
  seal: 2,
  sentence: 'Event 7 was changed after it was sealed',
} as const;

let folder: string;
const cleanUps: (() => unknown)[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clawster-audit-'));
  cleanUps.push(() => rm(folder, { recursive: true }));
});
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
});

async function cliAt({ parts = [done] as AuditVerification[], seals = [seal(1), seal(2), seal(3)] } = {}) {
  const server = await contractServer({
    'audit.verify': () => parts,
    'audit.checkpoint': ({ number }: { number?: number }) => {
      const found = seals.find((one) => one.number === (number ?? seals.length));
      if (!found) throw new Refused('not-found', 404, 'The trail has no such seal');
      return found;
    },
    'sessions.current': () => identity,
  });
  const cli = await testCli({ CLAWSTER_URL: server.url, CLAWSTER_API_KEY: 'key-1' });
  cleanUps.push(server.close, cli.remove);
  return cli;
}

describe('audit verify', () => {
  test('that finds nothing says so, and ends with 0', async () => {
    const { run } = await cliAt({ parts: [{ type: 'progress', seals: 3, events: 15 }, done] });
    const { code, stdout } = await run(['audit', 'verify']);
    expect(code).toBe(0);
    expect(stdout).toContain('15 events in 3 seals were looked at. The trail is whole.');
  });

  test('that finds something says what and where, and ends with 1', async () => {
    const parts = [
      { type: 'finding', finding },
      { ...done, sound: false, findings: 1 },
    ] as AuditVerification[];
    const { run } = await cliAt({ parts });
    const { code, stdout, stderr } = await run(['audit', 'verify']);
    expect({ code, stdout, stderr }).toEqual({
      code: 1,
      stdout: expect.stringContaining('event-edited  Event 7 was changed'),
      stderr: expect.stringContaining('1 thing was found'),
    });
    const asJson = await run(['audit', 'verify', '--json']);
    expect(asJson.code).toBe(1);
    expect(
      asJson.stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual(parts);
  });

  const kept = async (...checkpoints: AuditCheckpoint[]) => {
    const file = join(folder, 'kept.jsonl');
    await writeFile(file, checkpoints.map((one) => `${JSON.stringify(one)}\n`).join(''));
    return file;
  };

  test('holds the trail against what was kept elsewhere', async () => {
    const { run } = await cliAt();
    const foreign = { ...seal(9, 'f'), workspaceId: '3f6f3f0e-6f43-4d53-9c38-666666666666' };
    expect(await run(['audit', 'verify', '--checkpoint', await kept(seal(1), seal(3), foreign)])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('goes on from the last of 2 checkpoints'),
    });
    expect(await run(['audit', 'verify', '--checkpoint', await kept(seal(2), seal(4))])).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/tail-cut {2}Seal 4, .*cut off after seal 2, which covers up to event 10/),
    });
    expect(await run(['audit', 'verify', '--checkpoint', await kept(seal(2), seal(3, 'b'))])).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('rewritten  Seal 3'),
    });
  });

  test.each([
    ['a file that is not there', undefined, 'cannot be read (ENOENT)'],
    ['a file of something else', 'hello', 'line 1 is no checkpoint'],
    ['a file of another workspace', '\n', 'has no checkpoint of this workspace'],
  ])('refuses %s', async (_, text, sentence) => {
    const { run } = await cliAt();
    const file = join(folder, 'kept.jsonl');
    if (text) await writeFile(file, text);
    expect(await run(['audit', 'verify', '--checkpoint', file])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(sentence),
    });
  });
});

test('audit checkpoint prints the end of the trail, or adds it to a file that nobody else may read', async () => {
  const { run } = await cliAt();
  expect(JSON.parse((await run(['audit', 'checkpoint'])).stdout)).toMatchObject({ number: 3 });
  const file = join(folder, 'kept.jsonl');
  await run(['audit', 'checkpoint', '--append', file]);
  expect((await run(['audit', 'checkpoint', '--append', file])).stdout).toContain('is kept in');
  expect((await readFile(file, 'utf8')).trim().split('\n')).toHaveLength(2);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});
