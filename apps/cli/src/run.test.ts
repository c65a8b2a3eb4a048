import { randomUUID } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { commands } from './commands.ts';
import { botOf } from './testing/bot.ts';
import { testCli } from './testing/cli.ts';
import { contractServer, type Handlers, Refused } from './testing/server.ts';

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
});

async function cliAt(handlers: Handlers, { signedIn = true } = {}) {
  const server = await contractServer(handlers);
  const cli = await testCli({ CLAWSTER_URL: server.url, ...(signedIn ? { CLAWSTER_API_KEY: 'key-1' } : {}) });
  cleanUps.push(server.close, cli.remove);
  return { ...cli, server };
}
const page = (...items: unknown[]) => ({ items, total: items.length });
const identity = {
  caller: { kind: 'api-key', id: '3f6f3f0e-6f43-4d53-9c38-444444444444', name: 'CLI' },
  role: 'owner',
  permissions: [],
  grants: [],
  workspace: { id: '3f6f3f0e-6f43-4d53-9c38-555555555555', name: 'Home', createdAt: '2026-01-01T00:00:00Z' },
};

test('every command is told apart by its usage, and says what it does', () => {
  const names = commands.map(({ usage }) => usage.replace(/ [<[].*/, ''));
  expect(new Set(names).size).toBe(names.length);
  expect(commands.filter(({ summary }) => summary.length < 5)).toEqual([]);
});

describe('a list', () => {
  test('is a table for people', async () => {
    const { run } = await cliAt({ 'bots.list': () => page(botOf(), botOf({ name: 'Grace', phase: 'failed' })) });
    const { code, stdout } = await run(['bot', 'list']);
    expect(code).toBe(0);
    expect(stdout.split('\n').map((line) => line.split(/\s{2,}/)[0])).toEqual(['NAME', 'Ada', 'Grace', '']);
    expect(stdout).toContain('It is failed');
  });

  test('is JSON for programs, over all pages', async () => {
    const { run } = await cliAt({
      'bots.list': ({ cursor }: { cursor?: string }) =>
        cursor ? page(botOf({ name: 'Grace' })) : { ...page(botOf()), nextCursor: 'next' },
    });
    const { stdout } = await run(['bot', 'list', '--json']);
    expect((JSON.parse(stdout) as { name: string }[]).map(({ name }) => name)).toEqual(['Ada', 'Grace']);
  });

  test('that is empty says what to do next', async () => {
    const { run } = await cliAt({ 'bots.list': () => page() });
    expect((await run(['bot', 'list'])).stdout).toContain('clawster bot create');
  });
});

describe('an exit code', () => {
  test.each([
    ['2 for an unknown command', ['bot', 'fly'], 2, 'unknown command'],
    ['2 for an unknown option', ['bot', 'list', '--fast'], 2, 'unknown option'],
    ['2 for a missing argument', ['bot', 'show'], 2, "missing required argument 'bot'"],
    ['2 for a name that cannot be', ['bot', 'create', '9 lives'], 2, 'name: Use 1 to 40 letters'],
    ['1 for a bot that is not there', ['bot', 'show', 'Grace'], 1, 'There is no bot named Grace'],
    ['1 for a refusal of the server', ['bot', 'stop', 'Ada'], 1, 'Ada is being destroyed.'],
    ['3 for trouble of the server', ['bot', 'start', 'Ada'], 3, 'request-1'],
    ['0 for help', ['bot', '--help'], 0, ''],
  ])('is %s', async (_, argv, expected, sentence) => {
    const { run } = await cliAt({
      'bots.list': () => page(botOf()),
      'bots.stop': () => {
        throw new Refused('conflict', 409, 'Ada is being destroyed.');
      },
      'bots.start': () => {
        throw new Refused('trouble', 500, 'Something broke.');
      },
    });
    const { code, stderr } = await run(argv);
    expect({ code, stderr }).toEqual({ code: expected, stderr: expect.stringContaining(sentence) });
  });

  test('is 3 when the server cannot be reached, with a sentence that says what to do', async () => {
    const cli = await testCli({ CLAWSTER_URL: 'http://127.0.0.1:1', CLAWSTER_API_KEY: 'key' });
    cleanUps.push(cli.remove);
    const { code, stderr } = await cli.run(['bot', 'list']);
    expect(code).toBe(3);
    expect(stderr).toMatch(/Cannot reach Clawster at http:\/\/127\.0\.0\.1:1\..*clawster up/);
  });

  test('is 1 and the way to sign in when nobody is signed in', async () => {
    const { run } = await cliAt({}, { signedIn: false });
    expect(await run(['bot', 'list'])).toMatchObject({ code: 1, stderr: expect.stringContaining('clawster login') });
  });

  test('comes with one line of JSON when JSON is asked for', async () => {
    const { run } = await cliAt({ 'bots.list': () => page() });
    const { code, stderr } = await run(['bot', 'show', 'Grace', '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(stderr)).toMatchObject({
      error: { code: 'refused', message: expect.stringContaining('no bot named Grace') },
    });
  });
});

test('a bot is found by its name in any case, and created with what was asked', async () => {
  const { run, server } = await cliAt({
    'bots.list': () => page(botOf()),
    'bots.stop': () => botOf(),
    'bots.create': () => botOf({ phase: 'pending' }),
  });
  expect((await run(['bot', 'stop', 'ada'])).code).toBe(0);
  const { stdout } = await run(['bot', 'create', 'Ada', '--personality', 'kind', '--memory', '3', '--no-start']);
  expect(stdout).toContain('clawster bot watch Ada');
  expect(server.calls.at(-1)).toMatchObject({
    name: 'bots.create',
    input: { name: 'Ada', personality: 'kind', memoryBytesMax: 3_000_000_000, start: false, modelCheck: true },
  });
});

test('creating with --wait tells each step and ends when the bot is ready', async () => {
  const step = { name: 'gateway', label: 'Gateway answers', state: 'running', startedAt: '2026-01-01T00:00:00Z' };
  const answers = [botOf({ phase: 'starting' }), botOf()];
  answers[0]?.status.steps.push(step as never);
  const { run } = await cliAt({
    'bots.create': () => botOf({ phase: 'pending' }),
    'bots.get': () => (answers.length > 1 ? answers.shift() : answers[0]),
  });
  const { code, stderr, stdout } = await run(['bot', 'create', 'Ada', '--wait']);
  expect(code).toBe(0);
  expect(stderr).toMatch(/Gateway answers.*\nAda is ready after/);
  expect(stdout).toContain('clawster bot chat Ada');
});

describe('a chat', () => {
  const turn = [
    { type: 'accepted', turnId: 't1' },
    { type: 'text', text: 'I am' },
    { type: 'text', text: 'I am Ada' },
    { type: 'done', text: 'I am Ada.' },
  ];

  test('prints the answer once, as it streams', async () => {
    const { run, server } = await cliAt({ 'bots.list': () => page(botOf()), 'turns.start': () => turn });
    expect(await run(['bot', 'chat', 'Ada', 'who', 'are', 'you?'])).toEqual({
      code: 0,
      stdout: 'I am Ada.\n',
      stderr: '',
    });
    expect(server.calls.at(-1)?.input).toMatchObject({ message: 'who are you?', conversation: 'main' });
  });

  test('that fails says why, with exit code 3', async () => {
    const { run } = await cliAt({
      'bots.list': () => page(botOf()),
      'turns.start': () => [{ type: 'failed', message: 'The model is overloaded.' }],
    });
    expect(await run(['bot', 'chat', 'Ada', 'hello'])).toMatchObject({ code: 3, stderr: 'The model is overloaded.\n' });
  });

  test('that is interrupted stops the turn at the bot', async () => {
    const interrupted = new AbortController();
    const never = async function* () {
      yield* turn.slice(0, 2);
      setTimeout(() => interrupted.abort(new Error('SIGINT')), 500);
      await new Promise((resolve) => setTimeout(resolve, 5_000));
    };
    const { run, server } = await cliAt({
      'bots.list': () => page(botOf()),
      'turns.start': never,
      'turns.abort': () => ({}),
    });
    expect((await run(['bot', 'chat', 'Ada', 'hello'], { signal: interrupted.signal })).code).toBe(130);
    expect(server.calls.at(-1)).toMatchObject({ name: 'turns.abort', input: { turnId: 't1' } });
  });
});

describe('signing in', () => {
  const handlers: Handlers = {
    'sessions.signIn': () => ({ state: 'signed-in', identity }),
    'setup.complete': () => identity,
    'sessions.current': () => identity,
    'sessions.signOut': () => ({}),
    'apiKeys.revoke': () => ({}),
    'apiKeys.create': () => ({ apiKey: {}, value: 'made-key' }),
  };

  test('keeps a key for this CLI, readable by its owner alone, and no session', async () => {
    const { run, server, home } = await cliAt(handlers, { signedIn: false });
    const { code } = await run(['login', server.url, '--email', 'ada@example.com', '--password-stdin'], {
      stdin: 'four unrelated words\n',
    });
    expect(code).toBe(0);
    expect(server.calls.map(({ name }) => name)).toEqual([
      'sessions.signIn',
      'apiKeys.create',
      'sessions.signOut',
      'sessions.current',
    ]);
    expect(server.calls[0]?.input).toMatchObject({ password: 'four unrelated words' });
    expect(server.calls[1]?.headers.cookie).toBe('session=abc');
    const file = join(home, '.clawster', 'cli.json');
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({ url: server.url, apiKey: 'made-key' });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  test('brings the second factor that the account asks for', async () => {
    const { run, server } = await cliAt(
      {
        ...handlers,
        'sessions.signIn': () => ({
          state: 'second-step',
          challenge: 'c1',
          expiresAt: '2026-01-01T00:00:00Z',
          factors: ['totp'],
        }),
        'sessions.secondStep': () => identity,
      },
      { signedIn: false },
    );
    const argv = ['login', server.url, '--email', 'ada@example.com', '--password-stdin'];
    const stdin = 'four unrelated words\n';
    expect(await run(argv, { stdin })).toMatchObject({ code: 2, stderr: expect.stringContaining('--code') });
    for (const [code, factor] of [
      ['123 456', 'totp'],
      ['abcd-efgh-jkmn-pqrs', 'recovery-code'],
    ]) {
      expect((await run([...argv, '--code', code as string], { stdin })).code).toBe(0);
      const stepped = server.calls.findLast(({ name }) => name === 'sessions.secondStep');
      expect(stepped?.input).toEqual({ challenge: 'c1', factor, code });
    }
  });

  test('with the printed link makes the owner first', async () => {
    const { run, server } = await cliAt(handlers, { signedIn: false });
    const link = `${server.url}/setup#token=once`;
    await run(
      ['login', server.url, '--setup-token', link, '--name', 'Ada', '--email', 'ada@example.com', '--password-stdin'],
      { stdin: 'four unrelated words' },
    );
    expect(server.calls[0]).toMatchObject({ name: 'setup.complete', input: { token: 'once', name: 'Ada' } });
  });

  test('never takes a key from the command line', async () => {
    const { run } = await cliAt(handlers, { signedIn: false });
    expect(await run(['login', '--api-key', 'secret'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('standard input'),
    });
  });

  test('out revokes the key and forgets it', async () => {
    const { run, server } = await cliAt(handlers);
    expect((await run(['logout'])).stdout).toContain('Signed out');
    expect(server.calls.at(-1)).toMatchObject({ name: 'apiKeys.revoke', input: { apiKeyId: identity.caller.id } });
  });

  test('sends a stored key to no other server than its own', async () => {
    const { run, server } = await cliAt(handlers, { signedIn: false });
    await run(['login', server.url, '--api-key', '-'], { stdin: 'stored' });
    const other = await contractServer({});
    cleanUps.push(other.close);
    const cli = await testCli({ CLAWSTER_URL: other.url });
    cleanUps.push(cli.remove);
    expect((await cli.run(['bot', 'list'])).code).toBe(1);
    expect(other.calls).toEqual([]);
  });
});

describe('the emergency stop', () => {
  test('needs to be told whom it is for, and asks nothing else', async () => {
    const { run, server } = await cliAt({
      'fleet.halt': () => ({ id: randomUUID(), bots: 3, confirmed: 2 }),
      'bots.list': () => page(botOf()),
    });
    expect((await run(['halt'])).code).toBe(2);
    expect((await run(['halt', 'Ada', '--all'])).code).toBe(2);
    const all = await run(['halt', '--all']);
    expect(all).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('3 bots are stopped, 2 confirmed it; 1 could'),
    });
    await run(['halt', 'Ada', '--pause', '--json']);
    expect(server.calls.filter(({ name }) => name === 'fleet.halt').map(({ input }) => input)).toEqual([
      { mode: 'stop', bots: 'all' },
      { mode: 'pause', bots: [botOf().id] },
    ]);
  });
});

test('a destroyed bot is found by its name, the one destroyed last', async () => {
  const older = { ...botOf({ phase: 'destroyed' }), id: '3f6f3f0e-6f43-4d53-9c38-777777777777' };
  const { run, server } = await cliAt({
    'bots.list': () => page(botOf({ phase: 'destroyed' }), older),
    'bots.restore': () => botOf({ phase: 'stopped' }),
  });
  expect((await run(['bot', 'restore', 'ada', '--no-start'])).code).toBe(0);
  expect(server.calls.at(-1)).toMatchObject({ name: 'bots.restore', input: { botId: botOf().id, start: false } });
  expect((await run(['bot', 'restore', 'nobody'])).stderr).toContain('--phase destroyed');
});

describe('people', () => {
  const invitation = {
    id: '3f6f3f0e-6f43-4d53-9c38-666666666666',
    email: 'grace@example.com',
    role: 'operator',
    invitedBy: 'Ada',
    createdAt: '2026-01-01T00:00:00Z',
    expiresAt: '2026-01-08T00:00:00Z',
    expired: false,
  };

  test('are invited by a link on standard output, and uninvited by their address', async () => {
    const { run, server } = await cliAt({
      'invitations.create': () => ({ invitation, link: 'http://127.0.0.1:4500/invite#token=t' }),
      'invitations.list': () => page(invitation),
      'invitations.revoke': () => ({}),
    });
    const invited = await run(['person', 'invite', 'Grace@Example.com', '--role', 'operator']);
    expect(invited.stdout).toBe('http://127.0.0.1:4500/invite#token=t\n');
    expect((await run(['person', 'uninvite', 'GRACE@example.com'])).stdout).toContain('is revoked');
    expect(server.calls.map(({ name, input }) => [name, input])).toEqual([
      ['invitations.create', { email: 'grace@example.com', role: 'operator', delivery: 'link' }],
      ['invitations.list', { limit: 200 }],
      ['invitations.revoke', { invitationId: invitation.id }],
    ]);
    expect(await run(['person', 'uninvite', 'eve@example.com'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('clawster person invitations'),
    });
  });

  test('change their own passphrase signed in for a moment, by two lines on standard input', async () => {
    const { run, server } = await cliAt({
      'sessions.signIn': () => ({ state: 'signed-in', identity }),
      'sessions.signOut': () => ({}),
      'account.changePassword': () => ({}),
    });
    const argv = ['account', 'password', '--email', 'ada@example.com', '--password-stdin'];
    expect((await run(argv, { stdin: 'only one\n' })).code).toBe(2);
    expect((await run(argv, { stdin: 'the old one\nthe new passphrase\n' })).code).toBe(0);
    expect(server.calls.map(({ name }) => name)).toEqual([
      'sessions.signIn',
      'account.changePassword',
      'sessions.signOut',
    ]);
    expect(server.calls[1]).toMatchObject({
      input: { password: 'the old one', newPassword: 'the new passphrase' },
      headers: { cookie: 'session=abc' },
    });
  });

  test('are found by address or name, and removed only when that was confirmed', async () => {
    const { id, email, role, createdAt } = invitation;
    const ended = { sessions: 1, apiKeys: 2, invitations: 0 };
    const { run, server } = await cliAt({
      'people.list': () => page({ id, email, role, createdAt, name: 'Grace Hopper', apiKeyCount: 2 }),
      'people.changeRole': () => ended,
      'people.remove': () => ended,
    });
    expect((await run(['person', 'role', 'grace hopper', 'viewer'])).stdout).toContain(
      'Grace Hopper is viewer now. Ended with it: 1 session, 2 API keys and 0 invitations.',
    );
    expect(await run(['person', 'remove', email])).toMatchObject({ code: 2, stderr: expect.stringContaining('--yes') });
    expect(server.calls.at(-1)?.name).toBe('people.list');
    expect((await run(['person', 'remove', email, '--yes'])).stdout).toContain('Grace Hopper is removed');
  });
});
