import type { Rotation, RotationPhase, SecretImpact } from '@clawster/contract/rotation';
import type { Secret } from '@clawster/contract/secret';
import { expect, test } from 'vitest';
import { cliAt } from '../../testing/cli-at.ts';

const secret: Secret = {
  id: '3f6f3f0e-6f43-4d53-9c38-000000000001',
  name: 'Telegram',
  note: 'Of the support bot',
  version: 2,
  setAt: '2026-01-01T00:00:00Z',
  dueAt: '2026-02-01T00:00:00Z',
  uses: [{ kind: 'channel', id: '3f6f3f0e-6f43-4d53-9c38-000000000002', name: 'Support', field: 'bot-token' }],
  botCount: 1,
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
};
const impact: SecretImpact = {
  uses: secret.uses,
  counts: { bots: 2, running: 1, hot: 1, restart: 0, channels: 1 },
  bots: [
    {
      botId: '3f6f3f0e-6f43-4d53-9c38-000000000003',
      botName: 'Ada',
      running: true,
      uses: secret.uses,
      reload: 'hot',
      interruption: 'Telegram is silent for some seconds',
      wave: 1,
    },
  ],
};
const rotation = (phase: RotationPhase): Rotation => ({
  id: '3f6f3f0e-6f43-4d53-9c38-000000000004',
  secretId: secret.id,
  secretName: secret.name,
  fromVersion: 2,
  toVersion: 3,
  phase,
  reason: phase === 'halted' ? 'Ada was refused' : 'Every bot has the new value',
  wave: 1,
  waves: 2,
  bots: { waiting: 1, given: 0, proven: 0, stuck: phase === 'halted' ? 1 : 0, resting: 0, gone: 0 },
  stuck: phase === 'halted' ? ['Ada'] : [],
  revokeFormer: true,
  ...(phase === 'done'
    ? { former: { dead: false, text: 'Telegram still takes it: revoke it there', at: '2026-01-01T00:00:00Z' } }
    : {}),
  author: 'Ada',
  startedAt: '2026-01-01T00:00:00Z',
});
const cli = (end: RotationPhase = 'done') =>
  cliAt({
    'secrets.list': () => ({ items: [secret], total: 1 }),
    'secrets.get': () => ({
      ...secret,
      versions: [{ version: 2, state: 'current', author: 'Ada', createdAt: '2026-01-01T00:00:00Z' }],
    }),
    'secrets.create': () => secret,
    'secrets.update': () => secret,
    'secrets.delete': () => ({}),
    'secrets.accesses': () => ({
      items: [
        {
          botId: secret.id,
          botName: 'Ada',
          version: 2,
          firstAt: '2026-01-01T00:00:00Z',
          lastAt: '2026-01-01T00:00:00Z',
          count: 3,
        },
      ],
      total: 1,
    }),
    'rotations.impact': () => impact,
    'rotations.start': () => rotation('running'),
    'rotations.get': () => rotation(end),
    'rotations.resume': () => rotation('running'),
    'rotations.undo': () => rotation('undone'),
    'rotations.list': () => ({ items: [rotation(end)], total: 1 }),
    'rotations.bots': () => ({
      items: [
        {
          botId: secret.id,
          botName: 'Ada',
          wave: 1,
          state: 'stuck',
          text: 'Telegram refused it',
          at: '2026-01-01T00:00:00Z',
        },
      ],
      total: 1,
    }),
    'rotations.revoke': () => ({ bots: 2 }),
  });

test('secrets are listed and shown with what uses them and when they are due, and never with a value', async () => {
  const { run } = await cli();
  expect((await run(['secret', 'list'])).stdout).toMatch(
    /Telegram +Support +Clawster +1 +2 .*overdue since 2026-02-01 +never/,
  );
  const { stdout } = await run(['secret', 'show', 'telegram']);
  expect(stdout).toContain('used by   channel Support (bot-token)');
  expect(stdout).toMatch(/2 +current +Ada .*not asked/);
  expect((await run(['secret', 'accesses', 'Telegram'])).stdout).toMatch(/Ada +2 +3 .* ago +not proven yet/);
  expect(JSON.parse((await run(['secret', 'list', '--json'])).stdout)).toEqual([secret]);
});

test('a value comes from standard input; where nobody can be asked, the flag is named', async () => {
  const { run, server } = await cli();
  const asked = ['secret', 'create', 'Telegram', '--note', 'Mine', '--rotate-days', '90'];
  expect((await run([...asked, '--value-stdin'], { stdin: '123:abc\n' })).stdout).toContain('Telegram is kept');
  expect(server.calls.at(-1)?.input).toEqual({ name: 'Telegram', value: '123:abc', note: 'Mine', rotateDays: 90 });
  const nobody = await run(asked);
  expect([nobody.code, nobody.stderr]).toEqual([2, expect.stringContaining('--value-stdin')]);
});

test('a schedule is taken away by never; a change of nothing is no change', async () => {
  const { run, server } = await cli();
  await run(['secret', 'update', 'Telegram', '--rotate-days', 'never', '--expires', 'never']);
  expect(server.calls.at(-1)?.input).toEqual({ secretId: secret.id, rotateDays: null, expiresAt: null });
  expect((await run(['secret', 'update', 'Telegram'])).code).toBe(2);
});

test('nothing is rotated or revoked before its blast radius was told and someone said yes', async () => {
  const { run, server } = await cli();
  for (const verb of [['rotate'], ['revoke', '--reason', 'Leaked']]) {
    const [name = '', ...options] = verb;
    const { code, stderr } = await run(['secret', name, 'Telegram', ...options]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('2 bots (1 running) and 1 channel')]);
    expect(stderr).toMatch(/Ada +1 +hot +Support +Telegram is silent for some seconds/);
  }
  expect(server.calls.map(({ name }) => name)).not.toContain('rotations.start');
  expect(server.calls.map(({ name }) => name)).not.toContain('rotations.revoke');
});

test('a rotation is waited for, and says when the former value still works', async () => {
  const { run, server } = await cli();
  const argv = ['secret', 'rotate', 'Telegram', '--value-stdin', '--yes', '--wait', '--keep-former'];
  const { code, stdout, stderr } = await run(argv, { stdin: '456:def' });
  expect([code, stdout]).toEqual([0, expect.stringContaining('Telegram still takes it: revoke it there.')]);
  expect(stderr).toContain('wave 1 of 2: 1 waiting');
  expect(server.calls.find(({ name }) => name === 'rotations.start')?.input).toMatchObject({
    value: '456:def',
    atOnce: false,
    revokeFormer: false,
  });
});

test('a rotation that is halted ends with 1, the reason and the ways out', async () => {
  const { run, server } = await cli('halted');
  const { id } = rotation('halted');
  const { code, stderr } = await run(['rotation', 'resume', id, '--set-aside', '--wait']);
  expect([code, stderr]).toEqual([1, expect.stringContaining('It was halted: Ada was refused')]);
  expect(stderr).toContain(`Go back: clawster rotation undo ${id}`);
  expect(server.calls[0]?.input).toEqual({ rotationId: id, stuck: 'set-aside' });
  const { stdout } = await run(['rotation', 'show', id]);
  expect(stdout).toMatch(/Ada +1 +stuck +Telegram refused it/);
  expect((await run(['rotation', 'undo', id])).stdout).toContain('is undone');
  expect((await run(['rotation', 'list', '--secret', 'Telegram'])).stdout).toMatch(/Telegram +2 → 3 +halted +1 of 2/);
});

test('a secret is revoked with its reason, and deleted by name', async () => {
  const { run, server } = await cli();
  expect((await run(['secret', 'revoke', 'Telegram', '--reason', 'Leaked', '--yes'])).stdout).toContain(
    'revoked here and taken from 2 bots',
  );
  expect(server.calls.at(-1)?.input).toEqual({ secretId: secret.id, reason: 'Leaked' });
  expect((await run(['secret', 'revoke', 'Telegram', '--yes'])).stderr).toContain('Say why with --reason');
  expect((await run(['secret', 'delete', 'telegram'])).stdout).toContain('deleted with all its values');
});
