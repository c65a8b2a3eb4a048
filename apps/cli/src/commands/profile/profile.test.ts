import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Impact } from '@clawster/contract/configuration';
import type { Profile } from '@clawster/contract/profile';
import { expect, test } from 'vitest';
import { cliAt } from '../../testing/cli-at.ts';

const profile: Profile = {
  id: '3f6f3f0e-6f43-4d53-9c38-000000000001',
  name: 'Support',
  description: 'How we answer',
  selector: { team: 'support' },
  priority: 100,
  settings: { identity: { style: 'Short.' } },
  locked: ['openclaw.tools.allow'],
  version: 3,
  botCount: 2,
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
};
const impact: Impact = {
  concerned: 2,
  changed: 1,
  hot: 1,
  restart: 0,
  refused: 0,
  bots: [
    {
      botId: profile.id,
      botName: 'Ada',
      changes: [{ path: 'files["SOUL.md"]', before: 'a', after: 'b' }],
      changeCount: 1,
      reload: 'hot',
      issues: [],
    },
  ],
};
const cli = () =>
  cliAt({
    'profiles.list': () => ({ items: [profile], total: 1 }),
    'profiles.create': () => profile,
    'profiles.update': () => ({ ...profile, version: 4 }),
    'profiles.delete': () => ({}),
    'configurations.preview': () => impact,
  });

test('profiles are listed and shown, with whom they are for', async () => {
  const { run } = await cli();
  expect((await run(['profile', 'list'])).stdout).toMatch(/Support +100 +team=support +2 +3 +How we answer/);
  const { stdout } = await run(['profile', 'show', 'support']);
  expect(stdout).toContain('version 3, priority 100, for bots with team=support: 2');
  expect(stdout).toContain('style: Short.');
});

test('a profile is made from a file of YAML', async () => {
  const { run, server } = await cli();
  const file = join(await mkdtemp(join(tmpdir(), 'profile-')), 'support.yaml');
  await writeFile(file, 'identity:\n  style: Short.\n  goals:\n    - goal: Answer all\n');
  const argv = [
    'profile',
    'create',
    'Support',
    '--settings',
    `@${file}`,
    '--labels',
    'team=support',
    '--lock',
    'identity.role',
  ];
  expect((await run(argv)).stdout).toContain('The profile Support is there; 2 bots have it.');
  expect(server.calls.at(-1)?.input).toMatchObject({
    selector: { team: 'support' },
    settings: { identity: { style: 'Short.', goals: [{ goal: 'Answer all' }] } },
    locked: ['identity.role'],
  });
});

test('what a change would do is shown, and nothing is changed', async () => {
  const { run, server } = await cli();
  const { stdout } = await run([
    'profile',
    'update',
    'Support',
    '--settings',
    '{identity: {style: Long}}',
    '--dry-run',
  ]);
  expect(stdout).toContain('2 bots concerned, 1 would change: 1 while running, 0 with a restart.');
  expect(stdout).toMatch(/Ada +hot +1 change: files/);
  expect(server.calls.map(({ name }) => name)).not.toContain('profiles.update');
});

test('a change carries its reason, and an empty text takes the labels away', async () => {
  const { run, server } = await cli();
  await run(['profile', 'update', 'Support', '--labels', '', '--reason', 'Tidied']);
  expect(server.calls.at(-1)).toMatchObject({ name: 'profiles.update', input: { selector: null, reason: 'Tidied' } });
});

test.each([
  ['a file that is not there', '@/nowhere.yaml', 'cannot be read'],
  ['text that is no YAML', '{a: [', 'is not valid YAML or JSON'],
  ['aliases', 'identity: &a {role: x}\nskills: *a', 'uses YAML aliases'],
  ['a part that no layer has', '{colour: red}', 'colour'],
  ['a file that is too large', `identity: {role: ${'x'.repeat(1_000_001)}}`, 'larger than 1 MB'],
])('%s is refused before anything is asked', async (_, settings, message) => {
  const { run, server } = await cli();
  const { code, stderr } = await run(['profile', 'create', 'X', '--settings', settings]);
  expect(code).not.toBe(0);
  expect(stderr).toContain(message);
  expect(server.calls).toEqual([]);
});
