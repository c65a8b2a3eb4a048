import type { Secret } from '@clawster/contract/secret';
import { expect, test } from 'vitest';
import { cliAt } from '../../testing/cli-at.ts';

const secret: Secret = {
  id: '3f6f3f0e-6f43-4d53-9c38-000000000001',
  name: 'Telegram',
  note: '',
  version: 1,
  setAt: '2026-01-01T00:00:00Z',
  uses: [],
  botCount: 0,
  source: { kind: 'vault-kv', mount: 'secret', path: 'bots/telegram', field: 'token' },
  readAt: '2026-01-01T00:00:00Z',
  readTrouble: 'The vault cannot be asked for secret/bots/telegram now',
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
};
const cli = (refreshed: Partial<Secret> = {}) =>
  cliAt({
    'secrets.list': () => ({ items: [secret], total: 1 }),
    'secrets.get': () => ({ ...secret, versions: [] }),
    'secrets.create': () => secret,
    'secrets.update': () => secret,
    'secrets.refresh': () => ({ ...secret, ...refreshed }),
  });

test.each([
  [
    ['--vault-path', 'secret/bots/telegram', '--field', 'token'],
    { kind: 'vault-kv', mount: 'secret', path: 'bots/telegram', field: 'token' },
  ],
  [['--aws-secret', 'bots/telegram'], { kind: 'aws-secrets-manager', secretId: 'bots/telegram' }],
  [
    ['--gcp-secret', 'projects/p/secrets/telegram', '--gcp-version', '4'],
    { kind: 'gcp-secret-manager', secret: 'projects/p/secrets/telegram', version: '4' },
  ],
  [['--azure-secret', 'telegram', '--field', 'token'], { kind: 'azure-key-vault', name: 'telegram', field: 'token' }],
])('a secret is kept by where it is: %j', async (options, source) => {
  const { run, server } = await cli();
  expect((await run(['secret', 'create', 'Telegram', ...options])).code).toBe(0);
  expect(server.calls.at(-1)?.input).toEqual({ name: 'Telegram', note: '', source });
});

test.each([
  [['--vault-path', 'secret/a'], 'Say which field of it with --field'],
  [['--vault-path', 'secret/a', '--aws-secret', 'b', '--field', 'c'], 'Name one store'],
  [['--field', 'token'], 'Name the secret in its store too'],
  [['--aws-secret', 'b', '--value-stdin'], 'leave out --value-stdin'],
  [['--azure-secret', 'a/b'], 'A name of Key Vault is letters'],
])('%j is no place of a secret', async (options, sentence) => {
  const { run, server } = await cli();
  const { code, stderr } = await run(['secret', 'create', 'Telegram', ...options]);
  expect([code, stderr, server.calls]).toEqual([2, expect.stringContaining(sentence), []]);
});

test('where it is kept, when it was read and what is wrong is shown', async () => {
  const { run } = await cli();
  expect((await run(['secret', 'list'])).stdout).toContain('the vault, trouble');
  const { stdout } = await run(['secret', 'show', 'Telegram']);
  expect(stdout).toContain('kept in   the vault: secret/bots/telegram # token');
  expect(stdout).toMatch(/read +\S+.* ago/);
  expect(stdout).toContain('now. Bots keep the value they have');
});

test('it is read when asked, and says what came of it', async () => {
  const asked = ['secret', 'refresh', 'telegram'];
  expect((await (await cli()).run(asked)).stdout).toContain('Bots keep the value they have. The vault cannot');
  expect((await (await cli({ readTrouble: undefined })).run(asked)).stdout).toContain('has the value that bots have');
  const { stdout } = await (await cli({ readTrouble: undefined, rotationId: secret.id })).run(asked);
  expect(stdout).toContain(`clawster rotation show ${secret.id}`);
});

test('another store is named, or none from now on', async () => {
  const { run, server } = await cli();
  await run(['secret', 'update', 'Telegram', '--keep-here']);
  expect(server.calls.at(-1)?.input).toEqual({ secretId: secret.id, source: null });
  await run(['secret', 'update', 'Telegram', '--aws-secret', 'b']);
  expect(server.calls.at(-1)?.input).toMatchObject({ source: { kind: 'aws-secrets-manager', secretId: 'b' } });
  expect((await run(['secret', 'update', 'Telegram', '--aws-secret', 'b', '--keep-here'])).code).toBe(2);
});
