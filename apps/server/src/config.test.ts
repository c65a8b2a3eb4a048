import { expect, test } from 'vitest';
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
  [{ CLAWSTER_LOG_LEVEL: 'loud' }, 'CLAWSTER_LOG_LEVEL is debug'],
])('%j is refused with what it should be', (environment, sentence) =>
  expect(() => parseConfig(environment)).toThrow(sentence),
);

test('proxies are trusted by name', () =>
  expect(parseConfig({ CLAWSTER_TRUSTED_PROXIES: '10.0.0.0/8, ::1' }).trustedProxies).toEqual(['10.0.0.0/8', '::1']));

test('all that is wrong is said at once', () =>
  expect(() => parseConfig({ CLAWSTER_PORT: 'x', CLAWSTER_ROLES: 'y' })).toThrow(/CLAWSTER_PORT[^]*CLAWSTER_ROLES/));
