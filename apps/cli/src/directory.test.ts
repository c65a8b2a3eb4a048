import { expect, test } from 'vitest';
import { cliAt } from './testing/cli-at.ts';

const directory = {
  id: '3f6f3f0e-6f43-4d53-9c38-888888888888',
  name: 'Okta',
  setByRole: 'owner',
  createdAt: '2026-01-01T00:00:00Z',
  prefix: 'clawscim_abcdefg',
  tokenMadeAt: '2026-01-01T00:00:00Z',
  people: { letIn: 12, shut: 3, inNoGroup: 2 },
};
const baseUrl = 'http://127.0.0.1:4500/scim/v2';

test('a directory is connected, and its token alone is on standard output', async () => {
  const { run } = await cliAt({
    'directory.connect': () => ({ directory, value: 'clawscim_secret' }),
    'directory.show': () => ({ directory, baseUrl }),
  });
  const { code, stdout, stderr } = await run(['directory', 'connect', 'Okta']);
  expect({ code, stdout: stdout.trim() }).toEqual({ code: 0, stdout: 'clawscim_secret' });
  expect(stderr).toContain(baseUrl);
});

test('it is shown, also as JSON, and before there is one', async () => {
  const { run } = await cliAt({ 'directory.show': () => ({ directory, baseUrl }) });
  const { stdout } = await run(['directory', 'show']);
  for (const told of ['clawscim_abcdefg…', 'last used never', '12 let in, 3 not, 2 of them in no group', baseUrl])
    expect(stdout).toContain(told);
  expect(JSON.parse((await run(['directory', 'show', '--json'])).stdout)).toEqual({ directory, baseUrl });
  const empty = await cliAt({ 'directory.show': () => ({ baseUrl }) });
  expect((await empty.run(['directory', 'show'])).stdout).toContain('clawster directory connect');
});

test('its token is rotated with an overlap', async () => {
  const { run } = await cliAt({ 'directory.rotate': () => ({ directory, value: 'clawscim_new' }) });
  const { code, stdout, stderr } = await run(['directory', 'rotate', '--overlap-hours', '2']);
  expect({ code, stdout: stdout.trim() }).toEqual({ code: 0, stdout: 'clawscim_new' });
  expect(stderr).toContain('ends in 2 hours');
  expect((await run(['directory', 'rotate', '--overlap-hours', '200'])).code).toBe(2);
});

test('it is removed by its name, or with --yes', async () => {
  const { run } = await cliAt({ 'directory.show': () => ({ directory, baseUrl }), 'directory.remove': () => ({}) });
  expect((await run(['directory', 'remove', '--yes'])).stdout).toContain('Okta makes and ends nobody');
  const none = await cliAt({ 'directory.show': () => ({ baseUrl }) });
  expect(await none.run(['directory', 'remove', '--yes'])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('No directory'),
  });
});

test('its groups are listed with what they give', async () => {
  const { run } = await cliAt({
    'directory.groups': () => ({
      items: [
        { id: directory.id, name: 'platform', members: 2, role: 'admin' },
        { id: directory.id, name: 'owners', members: 1, whyNoRole: 'It is mapped to owner' },
      ],
      total: 2,
    }),
  });
  const { stdout } = await run(['directory', 'groups']);
  expect(stdout).toMatch(/platform\s+2\s+admin/);
  expect(stdout).toContain('none: It is mapped to owner');
});
