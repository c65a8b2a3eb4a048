import { describe, expect, test } from 'vitest';
import { cliAt } from './testing/cli-at.ts';

const provider = {
  id: '3f6f3f0e-6f43-4d53-9c38-777777777777',
  name: 'Acme',
  issuer: 'https://login.acme.example',
  clientId: 'clawster',
  scopes: ['openid', 'email', 'profile'],
  groupsClaim: 'groups',
  groupRoles: [{ group: 'everyone', role: 'viewer' }],
  defaultRole: 'viewer',
  emailDomains: ['acme.example'],
  makesAccounts: true,
  updatedAt: '2026-01-01T00:00:00Z',
};
const redirectUrl = 'http://127.0.0.1:4500/sign-in/sso';
const { id: _id, updatedAt: _updatedAt, ...settings } = provider;

describe('single sign-on', () => {
  test('is set with groups as one writes them, and the secret from standard input alone', async () => {
    const { run, server } = await cliAt({
      'sso.show': () => ({ redirectUrl }),
      'sso.set': () => provider,
    });
    const argv = [
      'sso',
      'set',
      '--name',
      'Acme',
      '--issuer',
      provider.issuer,
      '--client-id',
      'clawster',
      '--client-secret-stdin',
      '--groups',
      'cn=ops,ou=acme=operator; platform=admin',
      '--domains',
      'acme.example,acme.org',
      '--accounts',
      'no',
      '--default-role',
      'none',
    ];
    const { code, stdout } = await run(argv, { stdin: 'the secret\n' });
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('People can sign in') });
    expect(stdout).not.toContain('the secret');
    expect(server.calls.at(-1)?.input).toMatchObject({
      clientSecret: 'the secret',
      groupRoles: [
        { group: 'cn=ops,ou=acme', role: 'operator' },
        { group: 'platform', role: 'admin' },
      ],
      emailDomains: ['acme.example', 'acme.org'],
      makesAccounts: false,
    });
    expect(server.calls.at(-1)?.input).not.toHaveProperty('defaultRole');
  });

  test('is changed in what was named, and stays as it is in all else', async () => {
    const { run, server } = await cliAt({ 'sso.show': () => ({ redirectUrl, provider }), 'sso.set': () => provider });
    expect((await run(['sso', 'set', '--keep-secret', '--name', 'Acme Inc'])).code).toBe(0);
    expect(server.calls.at(-1)?.input).toEqual({ ...settings, name: 'Acme Inc' });
    expect((await run(['sso', 'set', '--keep-secret', '--groups', 'ops=Chief of all'])).code).toBe(2);
  });

  test('is shown, tested and removed', async () => {
    let ok = false;
    const { run } = await cliAt({
      'sso.show': () => ({ redirectUrl, provider }),
      'sso.test': () => ({ ok, message: 'login.acme.example refuses connections', checkedAt: provider.updatedAt }),
      'sso.remove': () => ({}),
    });
    const shown = (await run(['sso', 'show'])).stdout;
    for (const text of ['everyone is viewer', redirectUrl, 'acme.example']) expect(shown).toContain(text);
    expect(await run(['sso', 'test'])).toMatchObject({ code: 1, stderr: expect.stringContaining('refuses') });
    ok = true;
    expect((await run(['sso', 'test'])).code).toBe(0);
    expect((await run(['sso', 'remove', '--yes'])).stdout).toContain('Acme');
  });
});

describe('mail', () => {
  const server = {
    host: 'smtp.acme.example',
    port: 587,
    security: 'starttls',
    user: 'clawster',
    hasPassword: true,
    fromName: 'Clawster',
    fromAddress: 'clawster@acme.example',
    updatedAt: '2026-01-01T00:00:00Z',
  };
  const argv = ['mail', 'set', '--host', server.host, '--user', 'clawster', '--from-address', server.fromAddress];

  test('is set with the password from standard input, or with the one there is', async () => {
    const { run, server: asked } = await cliAt({ 'mail.set': () => server });
    expect((await run([...argv, '--password-stdin'], { stdin: 'the password\n' })).code).toBe(0);
    expect(asked.calls.at(-1)?.input).toMatchObject({ port: 587, security: 'starttls', password: 'the password' });
    expect((await run([...argv, '--keep-password'])).code).toBe(0);
    expect(asked.calls.at(-1)?.input).not.toHaveProperty('password');
  });

  test('takes an invitation, of which no link is printed', async () => {
    const invitation = {
      id: provider.id,
      email: 'grace@example.com',
      role: 'viewer',
      invitedBy: 'Ada',
      createdAt: server.updatedAt,
      expiresAt: server.updatedAt,
      expired: false,
      mail: { state: 'waiting' },
    };
    const { run, server: asked } = await cliAt({ 'invitations.create': () => ({ invitation }) });
    const { stdout } = await run(['person', 'invite', 'grace@example.com', '--mail']);
    expect(stdout).toContain('on its way');
    expect(asked.calls.at(-1)?.input).toMatchObject({ delivery: 'mail' });
  });
});
