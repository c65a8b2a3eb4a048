import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parseConfig } from './config.ts';

test('without any setting the server is private to this machine', () => {
  const config = parseConfig({ HOME: '/home/ada', CLAWSTER_PORT: '' });
  expect(config).toMatchObject({
    host: '127.0.0.1',
    port: 4500,
    databaseUrl: undefined,
    trustedProxies: [],
    allowPrivateAddresses: true,
  });
  expect([...config.roles]).toEqual(['http', 'link', 'loops']);
});

test('a server others can reach may not be led inside', () => {
  expect(parseConfig({ CLAWSTER_HOST: '0.0.0.0' }).allowPrivateAddresses).toBe(false);
  expect(parseConfig({ CLAWSTER_PUBLIC_URL: 'https://claw.example/' })).toMatchObject({
    allowPrivateAddresses: false,
    publicUrl: 'https://claw.example',
  });
});

test.each([
  [{ CLAWSTER_PORT: 'http' }, 'CLAWSTER_PORT is a port'],
  [{ CLAWSTER_PORT: '70000' }, 'at most 65535'],
  [{ CLAWSTER_DATABASE_URL: 'mysql://x' }, 'postgres://user'],
  [{ CLAWSTER_ROLES: 'http,magic' }, 'CLAWSTER_ROLES is a list of'],
  [{ CLAWSTER_PUBLIC_URL: 'claw.example' }, 'CLAWSTER_PUBLIC_URL is what people open'],
  [{ CLAWSTER_INTERNAL_URL: '10.0.0.7' }, 'CLAWSTER_INTERNAL_URL is where other replicas reach this one'],
  [{ CLAWSTER_TRUSTED_PROXIES: 'true' }, 'addresses or networks'],
  [{ CLAWSTER_TRUSTED_PROXIES: '10.0.0.0/8, 0.0.0.0/0' }, 'addresses or networks'],
  [{ CLAWSTER_TRUSTED_PROXIES: '10.0.0.1/33' }, 'addresses or networks'],
  [{ CLAWSTER_KEY: 'keyring:x' }, 'CLAWSTER_KEY names where a key is kept'],
  [{ CLAWSTER_KEY: 'vault:http://vault.example/transit/clawster' }, 'CLAWSTER_KEY names where a key is kept'],
  [{ CLAWSTER_KEY: 'aws-kms:alias/clawster' }, 'CLAWSTER_KEY names where a key is kept'],
  [{ CLAWSTER_KEY: 'file:key' }, 'CLAWSTER_KEY names where a key is kept'],
  [{ CLAWSTER_FORMER_KEYS: 'file:/a,what' }, 'Each of CLAWSTER_FORMER_KEYS names where a key is kept'],
  [
    { CLAWSTER_KEY: 'vault:https://vault.example/transit/clawster' },
    'A key of a vault needs CLAWSTER_VAULT_TOKEN_FILE',
  ],
  [
    { CLAWSTER_SECRET_SOURCES: 'vault-kv:http://vault.example/secret' },
    'Each of CLAWSTER_SECRET_SOURCES names a store',
  ],
  [{ CLAWSTER_SECRET_SOURCES: 'gcp-secret-manager:all' }, 'Each of CLAWSTER_SECRET_SOURCES names a store'],
  [
    { CLAWSTER_SECRET_SOURCES: 'vault-kv:https://vault.example/secret/' },
    'Secrets of a vault need CLAWSTER_VAULT_TOKEN_FILE',
  ],
  [{ CLAWSTER_LINK_VOLUME: '/var/lib/link' }, 'CLAWSTER_LINK_VOLUME is the name of a volume'],
  [{ CLAWSTER_LOG_LEVEL: 'loud' }, 'CLAWSTER_LOG_LEVEL is debug'],
])('%j is refused with what it should be', (environment, sentence) =>
  expect(() => parseConfig(environment)).toThrow(sentence),
);

test('proxies are trusted by name', () =>
  expect(parseConfig({ CLAWSTER_TRUSTED_PROXIES: '10.0.0.0/8, ::1' }).trustedProxies).toEqual(['10.0.0.0/8', '::1']));

test('the key of the secrets, and former ones, are told by where they are kept', () => {
  expect(parseConfig({}).keys).toMatchObject({ current: { kind: 'file', file: undefined }, former: [] });
  const { keys } = parseConfig({
    CLAWSTER_KEY: 'vault:https://vault.example:8200/team/transit/clawster',
    CLAWSTER_VAULT_TOKEN_FILE: '/run/vault-token',
    CLAWSTER_FORMER_KEYS: 'file, aws-kms:arn:aws:kms:eu-central-1:111122223333:key/1234abcd',
  });
  expect(keys).toEqual({
    current: { kind: 'vault', url: 'https://vault.example:8200', mount: 'team/transit', key: 'clawster' },
    former: [
      { kind: 'file', file: undefined },
      { kind: 'aws-kms', region: 'eu-central-1', keyArn: 'arn:aws:kms:eu-central-1:111122223333:key/1234abcd' },
    ],
    vault: { namespace: undefined, signIn: { tokenFile: '/run/vault-token' } },
  });
});

test('stores of secrets are told by where they are and what names there begin with', () => {
  const { sources } = parseConfig({
    CLAWSTER_VAULT_TOKEN_FILE: '/run/vault-token',
    CLAWSTER_SECRET_SOURCES: [
      'vault-kv:https://vault.example:8200/secret/{workspace}/',
      'aws-secrets-manager:eu-central-1/bots/',
      'gcp-secret-manager:projects/p/secrets/bots-',
      'azure-key-vault:https://name.vault.azure.net',
    ].join(', '),
  });
  expect(sources.addresses).toEqual([
    { kind: 'vault-kv', where: 'https://vault.example:8200', within: 'secret/{workspace}/' },
    { kind: 'aws-secrets-manager', where: 'eu-central-1', within: 'bots/' },
    { kind: 'gcp-secret-manager', where: '', within: 'projects/p/secrets/bots-' },
    { kind: 'azure-key-vault', where: 'https://name.vault.azure.net', within: '' },
  ]);
});

const folder = mkdtempSync(join(tmpdir(), 'clawster-config-'));
afterAll(() => rmSync(folder, { recursive: true }));
const withPassword = (content: string, mode = 0o600, url = 'postgres://clawster@postgres:5432/clawster') => {
  const file = join(folder, 'password');
  writeFileSync(file, content);
  chmodSync(file, mode);
  return parseConfig({ CLAWSTER_DATABASE_URL: url, CLAWSTER_DATABASE_PASSWORD_FILE: file });
};

test('the database’s password is read from a file, whatever is in it', () => {
  const { databaseUrl = '' } = withPassword('a/b:c@d%\n');
  expect(databaseUrl).toBe('postgres://clawster:a%2Fb%3Ac%40d%25@postgres:5432/clawster');
});

test('a file of the password that is not there, empty or open to others is told by its name', () => {
  const url = 'postgres://clawster@postgres/clawster';
  const at = (file: string) => parseConfig({ CLAWSTER_DATABASE_URL: url, CLAWSTER_DATABASE_PASSWORD_FILE: file });
  expect(() => at('/nowhere/password')).toThrow(
    '/nowhere/password, the file of CLAWSTER_DATABASE_PASSWORD_FILE, cannot',
  );
  expect(() => at(folder)).toThrow('put the password into a file of that name');
  expect(() => withPassword(' \n')).toThrow('is empty');
  expect(() => withPassword('x', 0o644)).toThrow('Others can read');
  expect(() => withPassword('x', 0o600, '')).toThrow('needs a CLAWSTER_DATABASE_URL');
});

test('all that is wrong is said at once', () =>
  expect(() => parseConfig({ CLAWSTER_PORT: 'x', CLAWSTER_ROLES: 'y' })).toThrow(/CLAWSTER_PORT[^]*CLAWSTER_ROLES/));
