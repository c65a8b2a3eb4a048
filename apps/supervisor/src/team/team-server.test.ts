import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type TeamCall, teamTools, type TeamToolName } from '@clawster/link/team';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { tokenVariable, writeBridge } from './bridge.ts';
import type { Answered } from './team-calls.ts';
import { openTeamServer, type TeamServer } from './team-server.ts';

let server: TeamServer;
let tools: TeamToolName[];
let calls: { call: TeamCall; signal: AbortSignal; answer: PromiseWithResolvers<Answered> }[];
let refused: string | undefined;
const clients: Client[] = [];

beforeEach(async () => {
  [tools, calls, refused] = [['delegate', 'task_status'], [], undefined];
  server = await openTeamServer({
    tools: () => tools,
    call(call, signal) {
      const answer = Promise.withResolvers<Answered>();
      calls.push({ call, signal, answer });
      return answer.promise;
    },
    whyNotUse: () => refused,
    onSession: () => {},
  });
});
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
  await server.close();
});

async function connect(token = server.token): Promise<Client> {
  const client = new Client({ name: 'openclaw-bundle-mcp', version: '0.0.0' });
  const requestInit = { headers: { authorization: `Bearer ${token}` } };
  const transport = new StreamableHTTPClientTransport(new URL(server.url), { requestInit });
  await client.connect(transport as Parameters<typeof client.connect>[0]);
  clients.push(client);
  return client;
}
const task = { to: 'Max', title: 'Look', task: 'Look at it' };
const answerNext = async (text: string, before = 0) => {
  await expect.poll(() => calls.length).toBeGreaterThan(before);
  calls.at(-1)?.answer.resolve({ text, isError: false });
};
const post = (headers: Record<string, string>, path = '/mcp', body = '{}') =>
  fetch(new URL(path, server.url), {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
  });
const bearer = () => ({ authorization: `Bearer ${server.token}` });

describe('the team’s tools', () => {
  test('are those that the bot’s role allows, as the link describes them', async () => {
    const listed = (await (await connect()).listTools()).tools;
    expect(listed.map(({ name }) => name)).toEqual(['delegate', 'task_status']);
    expect(listed[0]).toMatchObject({ description: teamTools.delegate.description });
    expect(listed[0]?.inputSchema).toMatchObject({ required: ['title', 'task'], additionalProperties: false });
  });

  test('that are not listed cannot be called, and none that is unknown', async () => {
    const client = await connect();
    for (const name of ['write_context', 'exec', '__proto__'])
      expect(await client.callTool({ name, arguments: {} })).toMatchObject({ isError: true });
    expect(calls).toEqual([]);
  });

  test('answer what the team answers', async () => {
    const called = (await connect()).callTool({ name: 'delegate', arguments: task });
    await answerNext('It is done');
    expect(await called).toMatchObject({ content: [{ type: 'text', text: 'It is done' }], isError: false });
    expect(calls[0]?.call).toMatchObject({ tool: 'delegate', arguments: task });
  });

  test('take arguments as they are described, and say what is wrong with others', async () => {
    const client = await connect();
    for (const [given, said] of [
      [{ ...task, wait_seconds: 999 }, 'wait_seconds'],
      [{ ...task, priority: 'high' }, 'priority'],
      [{ title: 'x' }, 'task'],
    ] as const) {
      const { content, isError } = await client.callTool({ name: 'delegate', arguments: given });
      expect([isError, JSON.stringify(content)]).toEqual([true, expect.stringContaining(said)]);
    }
    expect(calls).toEqual([]);
  });

  test('overlap when a model calls several at once', async () => {
    const client = await connect();
    const both = [1, 2].map(() => client.callTool({ name: 'delegate', arguments: task }));
    await expect.poll(() => calls.length).toBe(2);
    for (const { answer } of calls) answer.resolve({ text: 'ok', isError: false });
    await Promise.all(both);
  });

  test('that nobody waits for any more are given up', async () => {
    const abort = new AbortController();
    const called = (await connect()).callTool({ name: 'delegate', arguments: task }, undefined, {
      signal: abort.signal,
    });
    called.catch(() => {});
    await expect.poll(() => calls.length).toBe(1);
    abort.abort();
    await expect.poll(() => calls[0]?.signal.aborted).toBe(true);
    calls[0]?.answer.reject(new Error('given up'));
  });
});

describe('where a call comes from', () => {
  const session = 'agent:main:clawster:one';
  const stamp = async (turn: object, tool = 'clawster__delegate') => {
    const response = await post(bearer(), '/may-use', JSON.stringify({ tool, ...turn }));
    return (await response.json()) as { ticket?: string; refused?: string };
  };
  const callWith = async (_clawster: unknown) => {
    const before = calls.length;
    const called = (await connect()).callTool({ name: 'delegate', arguments: { ...task, _clawster } });
    await answerNext('ok', before);
    await called;
    return calls.at(-1)?.call;
  };

  test('is said by the bridge’s ticket, and the arguments go up without it', async () => {
    const { ticket } = await stamp({ session, runId: 'run-1', toolCallId: 'call-1' });
    const call = await callWith(ticket);
    expect(call).toMatchObject({ session, runId: 'run-1', arguments: task });
    expect(call?.callId).toMatch(/^call-1:/);
  });

  test.each([
    ['a session that a model writes', { session, runId: 'run-1' }],
    ['a ticket that a model makes up', randomUUID()],
  ])('is not said by %s', async (_, forged) => {
    expect(await callWith(forged)).not.toHaveProperty('session');
  });

  test('is said by a ticket once, and for the tool it was given for', async () => {
    const { ticket } = await stamp({ session });
    expect(await callWith(ticket)).toHaveProperty('session', session);
    expect(await callWith(ticket)).not.toHaveProperty('session');
    const other = await stamp({ session }, 'clawster__task_status');
    expect(await callWith(other.ticket)).not.toHaveProperty('session');
  });

  test('makes the model’s second call of one name in another turn another call', async () => {
    const turn = { session, toolCallId: 'call_0' };
    const first = await callWith((await stamp({ ...turn, runId: 'run-1' })).ticket);
    const again = await callWith((await stamp({ ...turn, runId: 'run-1' })).ticket);
    const later = await callWith((await stamp({ ...turn, runId: 'run-2' })).ticket);
    expect([again?.callId === first?.callId, later?.callId === first?.callId]).toEqual([true, false]);
  });
});

describe('nobody but the gateway is served', () => {
  test.each([
    ['without the token', 401, () => ({})],
    ['with another', 401, () => ({ authorization: `Bearer ${randomUUID()}` })],
    ['from a page in a browser', 403, () => ({ ...bearer(), origin: 'https://evil.example' })],
  ])('%s', async (_, status, headers) => {
    for (const path of ['/mcp', '/may-use']) expect((await post(headers(), path)).status).toBe(status);
  });

  test('a session that is unknown, as after a restart, is to be opened anew', async () => {
    expect((await post({ ...bearer(), 'mcp-session-id': randomUUID() })).status).toBe(404);
  });
  test('nothing else is answered', async () => expect((await post(bearer(), '/other')).status).toBe(404));
});

describe('the bridge', () => {
  type Hook = (
    event: object,
    context: object,
  ) => Promise<{ block?: boolean; blockReason?: string; params?: Record<string, unknown> } | undefined>;
  let hook: Hook;
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bridge-'));
    await writeBridge(folder);
    process.env[tokenVariable] = server.token;
    const { default: plugin } = (await import(/* @vite-ignore */ pathToFileURL(join(folder, 'index.js')).href)) as {
      default: { register(api: object): void };
    };
    plugin.register({
      pluginConfig: { url: server.url, server: 'clawster' },
      on: (_: string, given: Hook) => void (hook = given),
    });
  });
  afterEach(async () => {
    delete process.env[tokenVariable];
    await rm(folder, { recursive: true, force: true });
  });
  const context = { sessionKey: 'agent:main:main', runId: 'run-1' };
  const use = (toolName: string, more: object = context) =>
    hook({ toolName, params: { a: 1, _clawster: 'forged' }, toolCallId: 'c' }, more);

  test('stamps calls of the team’s tools over what the model wrote there, and leaves others as they are', async () => {
    const stamped = await use('clawster__delegate');
    expect(stamped?.params).toEqual({ a: 1, _clawster: expect.not.stringContaining('forged') });
    expect(await use('read')).toBeUndefined();
  });

  test('keeps a tool from running that is not to be used, or of which nobody can tell', async () => {
    refused = 'Not for this task';
    expect(await use('read')).toEqual({ block: true, blockReason: 'Not for this task' });
    expect(await use('read', {})).toMatchObject({ block: true });
  });

  test('lets no tool run when its supervisor does not answer', async () => {
    await server.close();
    await expect(use('read')).rejects.toThrow();
  });
});
