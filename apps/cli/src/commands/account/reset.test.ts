import { afterEach, expect, test } from 'vitest';
import { testCli } from '../../testing/cli.ts';
import { contractServer, type Handlers } from '../../testing/server.ts';

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
});

async function cliAt(handlers: Handlers) {
  const server = await contractServer(handlers);
  const cli = await testCli({ CLAWSTER_URL: server.url });
  cleanUps.push(server.close, cli.remove);
  return cli;
}
const link = 'http://127.0.0.1:4500/reset#token=t0ken';
const at = '2026-01-01T12:30:00Z';

test('who forgot their passphrase has a link mailed, or reads who can help', async () => {
  const asked: unknown[] = [];
  const ways = { byMail: true };
  const { run } = await cliAt({
    'passwordResets.show': () => ways,
    'passwordResets.ask': (input) => {
      asked.push(input);
      return {};
    },
  });
  expect((await run(['account', 'forgotten', 'ada@example.com'])).stdout).toContain('a mail is on its way');
  expect(asked).toEqual([{ email: 'ada@example.com' }]);
  ways.byMail = false;
  const { stdout, code } = await run(['account', 'forgotten', 'ada@example.com']);
  expect({ code, helps: stdout.includes('clawster installation reset-link ada@example.com') }).toEqual({
    code: 0,
    helps: true,
  });
  expect(asked).toHaveLength(1);
});

test('the whole link or its token, and the new passphrase, come from standard input', async () => {
  const used: unknown[] = [];
  const { run } = await cliAt({
    'passwordResets.use': (input) => {
      used.push(input);
      return {};
    },
  });
  for (const given of [link, 't0ken']) {
    const stdin = `${given}\ngranite violin harbour seven\n`;
    expect((await run(['account', 'reset', '--password-stdin'], { stdin })).code).toBe(0);
  }
  const expected = { token: 't0ken', password: 'granite violin harbour seven' };
  expect(used).toEqual([expected, expected]);
});

test("an owner's link is alone on standard output, so that it can be piped on", async () => {
  const person = {
    id: '3f6f3f0e-6f43-4d53-9c38-444444444444',
    name: 'Grace',
    email: 'grace@example.com',
    role: 'viewer',
    createdAt: at,
  };
  const identity = {
    caller: { kind: 'person', person },
    role: 'owner',
    permissions: [],
    grants: [],
    workspace: { id: person.id, name: 'Home', createdAt: at },
  };
  const { run } = await cliAt({
    'sessions.signIn': () => ({ state: 'signed-in', identity }),
    'sessions.signOut': () => ({}),
    'people.list': () => ({ items: [person], total: 1 }),
    'people.makeResetLink': () => ({ link, expiresAt: at }),
  });
  const who = ['--email', 'ada@example.com', '--password-stdin'];
  const { stdout, stderr } = await run(['person', 'reset-link', 'Grace', ...who], { stdin: 'secret' });
  expect(stdout).toBe(`${link}\n`);
  expect(stderr).toContain('until 12:30 UTC');
});
