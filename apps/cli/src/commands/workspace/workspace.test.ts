import { afterEach, expect, test } from 'vitest';
import { testCli } from '../../testing/cli.ts';
import { contractServer, type Handlers } from '../../testing/server.ts';

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
});

const home = '3f6f3f0e-6f43-4d53-9c38-555555555555';
const lab = '3f6f3f0e-6f43-4d53-9c38-666666666666';
const names: Record<string, string> = { [home]: 'Home', [lab]: 'Lab' };

/** A server at which Ada views Home, the workspace she used last, and owns Lab. */
async function cli() {
  let current = home;
  const identity = () => ({
    caller: { kind: 'api-key', id: '3f6f3f0e-6f43-4d53-9c38-444444444444', name: 'CLI' },
    role: current === lab ? 'owner' : 'viewer',
    permissions: [],
    grants: [],
    workspace: workspaceOf(current),
  });
  const handlers: Handlers = {
    'sessions.signIn': () => ({ state: 'signed-in', identity: identity() }),
    'sessions.current': identity,
    'sessions.switch': ({ workspaceId }: { workspaceId: string }) => {
      current = workspaceId;
      return identity();
    },
    'sessions.signOut': () => ({}),
    'workspaces.list': () => ({
      items: [
        { id: home, name: 'Home', role: 'viewer', current: current === home },
        { id: lab, name: 'Lab', role: 'owner', current: current === lab },
      ],
    }),
    'workspaces.create': ({ name }: { name: string }) => ({ ...workspaceOf(lab), name }),
    'workspaces.rename': ({ name }: { name: string }) => ({ ...workspaceOf(current), name }),
    'apiKeys.create': () => ({ value: 'key-2', apiKey: {} }),
  };
  const server = await contractServer(handlers);
  const { run, remove } = await testCli({ CLAWSTER_URL: server.url });
  cleanUps.push(server.close, remove);
  const asked = () => server.calls.map(({ name }) => name);
  return { run, server, asked };
}

function workspaceOf(id: string) {
  return { id, name: names[id], createdAt: '2026-01-01T00:00:00Z' };
}
const who = ['--email', 'ada@example.com', '--password-stdin'];
const stdin = 'the passphrase\n';

test('one’s workspaces are listed as the person, who is signed out again', async () => {
  const { run, asked } = await cli();
  const { stdout, stderr } = await run(['workspace', 'list', ...who], { stdin });
  expect(stderr).toBe('');
  expect(stdout).toMatch(/Home\s+viewer[^]*Lab\s+owner/);
  expect(asked()).toEqual(['sessions.signIn', 'workspaces.list', 'sessions.signOut']);
});

test('another is made from one that the person owns, and it is said how to work in it', async () => {
  const { run, asked } = await cli();
  const { stdout } = await run(['workspace', 'create', 'Research', ...who], { stdin });
  expect(stdout).toContain('clawster login --workspace "Research"');
  expect(asked()).toEqual([
    'sessions.signIn',
    'workspaces.list',
    'sessions.switch',
    'workspaces.create',
    'sessions.signOut',
  ]);
});

test('signing in to one of several makes the key in that one', async () => {
  const { run, server, asked } = await cli();
  const { code, stderr, stdout } = await run(['login', server.url, '--workspace', 'lab', ...who], { stdin });
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toContain('Lab, as owner');
  expect(asked().slice(0, 4)).toEqual(['sessions.signIn', 'workspaces.list', 'sessions.switch', 'apiKeys.create']);
  expect((await run(['whoami'])).stdout).toContain('in Lab at');
  expect((await run(['workspace', 'rename', 'Works'])).stdout).toContain('named Works now');
  const unknown = await run(['login', server.url, '--workspace', 'Moon', ...who], { stdin });
  expect([unknown.code, unknown.stderr]).toEqual([1, expect.stringContaining('no workspace named Moon')]);
});
