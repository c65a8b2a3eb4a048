import type { Passkey } from '@clawster/contract/passkey';
import { expect, test } from 'vitest';
import { cliAt } from '../testing/cli-at.ts';
import { type Handlers } from '../testing/server.ts';

const identity = {
  caller: { kind: 'api-key', id: '3f6f3f0e-6f43-4d53-9c38-444444444444', name: 'CLI' },
  role: 'owner',
  permissions: [],
  workspace: { id: '3f6f3f0e-6f43-4d53-9c38-555555555555', name: 'Home', createdAt: '2026-01-01T00:00:00Z' },
};
const passkey: Passkey = {
  id: '3f6f3f0e-6f43-4d53-9c38-888888888888',
  name: 'Laptop',
  createdAt: '2026-01-01T00:00:00Z',
  host: 'localhost',
  device: 'multi-device',
  isBackedUp: true,
};
const own = (factors: string[]): Handlers => ({
  'sessions.signIn': () => ({
    state: 'second-step',
    challenge: 'c1',
    expiresAt: '2026-01-01T00:00:00Z',
    factors,
  }),
  'sessions.secondStep': () => identity,
  'sessions.signOut': () => ({}),
  'passkeys.list': () => ({ items: [passkey] }),
  'passkeys.remove': () => ({}),
});
const who = ['--email', 'ada@example.com', '--password-stdin'];
const stdin = 'the passphrase\n';

test('passkeys are listed, and one is removed by its name', async () => {
  const { run, server } = await cliAt(own(['passkey', 'recovery-code']));
  const code = ['--code', 'abcd-efgh-jkmn-pqrs'];
  const listed = await run(['account', 'passkeys', ...who, ...code], { stdin });
  expect(listed.stdout).toMatch(/Laptop\s+localhost\s+yes\s+.* ago\s+never/);
  const removed = await run(['account', 'remove-passkey', 'laptop', ...who, ...code], { stdin });
  expect(removed.stdout).toContain('The passkey Laptop lets nobody in any more');
  const asked = server.calls.find(({ name }) => name === 'passkeys.remove');
  expect(asked?.input).toEqual({ passkeyId: passkey.id, password: 'the passphrase' });
  expect((await run(['account', 'remove-passkey', 'Phone', ...who, ...code], { stdin })).stderr).toContain(
    'clawster account passkeys',
  );
});

test('an account that asks for a passkey and no code is told of what the command line can do', async () => {
  const { run } = await cliAt(own(['passkey']));
  const { code, stderr } = await run(['account', 'passkeys', ...who], { stdin });
  expect([code, stderr]).toEqual([1, expect.stringContaining('needs a browser')]);
});

test('of whom a second factor is required is said, and set', async () => {
  let requiredOf = 'owners';
  const settings = () => ({ secondFactor: { requiredOf, since: '2026-01-01T00:00:00Z' } });
  const { run, server } = await cliAt({
    'workspace.settings': settings,
    'workspace.requireSecondFactor': (input: { requiredOf: string }) => {
      ({ requiredOf } = input);
      return settings();
    },
  });
  expect((await run(['workspace', 'second-factor'])).stdout).toContain('required of owners.');
  expect((await run(['workspace', 'second-factor', 'nobody'])).stdout).toContain('required of nobody.');
  expect((await run(['workspace', 'second-factor', 'some'])).code).toBe(2);
  expect(server.calls.map(({ name }) => name)).toEqual(['workspace.settings', 'workspace.requireSecondFactor']);
});
