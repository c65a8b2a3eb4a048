import { createSocket } from 'node:dgram';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AuditCheckpoint } from '@clawster/contract/audit';
import { sealEvents } from '@clawster/control-plane/audit/seal-events';
import { sendCheckpoints } from '@clawster/control-plane/audit-sink/send-checkpoints';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type TestApp, testApp } from './test-app.ts';
import { ask, newPerson, type TestPerson } from './test-people.ts';

let app: TestApp;
let folder: string;
let owner: TestPerson;
let workspaceId: string;
const servers: { close(): unknown }[] = [];
const signal = new AbortController().signal;

beforeAll(async () => {
  app = await testApp();
  folder = await mkdtemp(join(tmpdir(), 'clawster-checkpoints-'));
  app.plane.settings.checkpointsDirectory = join(folder, 'kept');
});
beforeEach(async () => {
  await app.database.rows('delete from audit_sink');
  workspaceId = await app.newWorkspace();
  owner = await newPerson(app, workspaceId, 'owner');
  await sealed();
});
afterAll(async () => {
  for (const server of servers) server.close();
  await app.close();
  await rm(folder, { recursive: true });
});

/** Seals until the workspace has a seal: what another test has open holds it up. */
async function sealed(): Promise<void> {
  await expect
    .poll(async () => {
      await sealEvents(app.plane, signal);
      return app.database.rows(`select number from audit_seal where workspace_id = '${workspaceId}'`);
    })
    .not.toEqual([]);
}

/** A webhook that answers with this status; what it was sent. */
async function webhook(status = 200): Promise<{ url: string; got: unknown[] }> {
  const got: unknown[] = [];
  const server: Server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      got.push(JSON.parse(body));
      response.writeHead(status).end();
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, got };
}

const create = (name: string, place: unknown) => ask(app, 'POST /audit/sinks', { as: owner.as, body: { name, place } });
const idOf = async (made: ReturnType<typeof create>) => String((await made).body['id']);
const send = (id: string) => ask(app, `POST /audit/sinks/${id}/send`, { as: owner.as });
const sinks = async () => (await ask(app, 'GET /audit/sinks', { as: owner.as })).body.items ?? [];
const due = () => app.database.rows(`update audit_sink set next_try_at = now()`);

describe('a checkpoint', () => {
  test('is sent to a webhook when the trail has grown, and once', async () => {
    const { url, got } = await webhook();
    await create('Team', { kind: 'webhook', url });
    await sealEvents(app.plane, signal);
    await sendCheckpoints(app.plane, signal);
    await due();
    await sendCheckpoints(app.plane, signal);
    expect(got).toHaveLength(1);
    const checkpoint = AuditCheckpoint.parse(got[0]);
    const kept = await ask(app, `GET /audit/checkpoint?number=${checkpoint.number}`, { as: owner.as });
    expect(kept.body).toEqual(checkpoint);
    expect((await sinks())[0]).toMatchObject({ name: 'Team', sentNumber: checkpoint.number });
  });

  test.each(['tcp', 'udp'] as const)(
    'is sent to a syslog server over %s as one message of RFC 5424',
    async (transport) => {
      const { port, message } = await syslogServer(transport);
      const id = await idOf(create('Log', { kind: 'syslog', host: '127.0.0.1', port, transport }));
      expect((await send(id)).body).toMatchObject({ sentNumber: expect.any(Number) as number });
      const text = await message;
      const [, length, line] = /^(?:(\d+) )?(<109>1 .+)$/s.exec(text) ?? [];
      expect(Boolean(length)).toBe(transport === 'tcp');
      if (length) expect(Buffer.byteLength(line as string)).toBe(Number(length));
      const [, json] = /^<109>1 \S+Z \S+ clawster - checkpoint - (\{.+\})$/.exec(line as string) ?? [];
      expect(AuditCheckpoint.parse(JSON.parse(json as string)).workspaceId).toBe(workspaceId);
    },
  );

  test('is added to a file that nobody else reads, which the CLI verifies against', async () => {
    const id = await idOf(create('File', { kind: 'file' }));
    const { body } = await send(id);
    await send(id);
    const file = String(body['file']);
    expect(file).toBe(join(folder, 'kept', `${workspaceId}.jsonl`));
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const lines = (await readFile(file, 'utf8')).trim().split('\n');
    expect(lines.map((line) => AuditCheckpoint.parse(JSON.parse(line)).workspaceId)).toEqual([
      workspaceId,
      workspaceId,
    ]);
  });

  test.each([
    ['that answers with a fault', () => webhook(500), 'It answered 500'],
    ['where nobody listens', async () => ({ url: 'http://127.0.0.1:9/', got: [] }), 'could not be reached'],
  ])('for a place %s is tried again later, and it is told why', async (_, place, sentence) => {
    const { url } = await place();
    await create('Away', { kind: 'webhook', url });
    await sendCheckpoints(app.plane, signal);
    const [first] = await sinks();
    expect(first).toMatchObject({ sentNumber: 0, trouble: expect.stringContaining(sentence) as string });
    await due();
    await sendCheckpoints(app.plane, signal);
    const [second] = await sinks();
    const waits = (sink: typeof first) => Date.parse(String(sink?.['nextTryAt'])) - Date.now();
    expect(waits(second)).toBeGreaterThan(90_000);
  });

  test('is sent by one of several replicas', async () => {
    const { url, got } = await webhook();
    await create('Team', { kind: 'webhook', url });
    await Promise.all([1, 2, 3, 4].map(() => sendCheckpoints(app.plane, signal)));
    expect(got).toHaveLength(1);
  });

  test('is led to no address inside, where the installation allows none', async () => {
    const { url, got } = await webhook();
    app.plane.settings.allowPrivateAddresses = false;
    try {
      for (const place of [
        { kind: 'webhook', url },
        { kind: 'syslog', host: 'localhost', port: 514, transport: 'tcp' },
      ]) {
        const id = await idOf(create(`To ${place.kind}`, place));
        expect((await send(id)).body).toMatchObject({ trouble: expect.stringContaining('private network') as string });
      }
      expect(got).toEqual([]);
    } finally {
      app.plane.settings.allowPrivateAddresses = true;
    }
  });
});

test.each([
  ['an address with a password', { kind: 'webhook', url: 'https://ada:secret@example.com/' }],
  ['an address that is none of the web', { kind: 'webhook', url: 'file:///etc/passwd' }],
  ['a host that is none', { kind: 'syslog', host: 'a b', port: 1 }],
  ['a path', { kind: 'file', path: '/etc/cron.d/x', url: 1 }],
])('%s', async (what, place) => {
  const { status } = await create('Place', place);
  // A file is where the installation says, whatever else is asked.
  expect(status).toBe(what === 'a path' ? 200 : 400);
  if (what === 'a path') expect(JSON.stringify(await sinks())).not.toContain('cron');
});

test('sending is refused for a workspace where nothing is sealed yet, and says when to ask again', async () => {
  owner = await newPerson(app, await app.newWorkspace(), 'owner');
  const { status, body } = await send(await idOf(create('File', { kind: 'file' })));
  expect([status, body['detail']]).toEqual([404, 'Nothing is sealed yet: ask again in a second']);
});

test('where checkpoints go is in the trail, and another workspace sees nothing of it', async () => {
  const id = await idOf(create('Team', { kind: 'webhook', url: 'https://example.com/x' }));
  const stranger = await newPerson(app, await app.newWorkspace(), 'owner');
  expect((await ask(app, 'GET /audit/sinks', { as: stranger.as })).body.items).toEqual([]);
  for (const line of [`POST /audit/sinks/${id}/send`, `DELETE /audit/sinks/${id}`] as const)
    expect((await ask(app, line, { as: stranger.as })).status).toBe(404);
  expect((await create('team', { kind: 'file' })).status).toBe(409);
  await ask(app, `DELETE /audit/sinks/${id}`, { as: owner.as });
  const { body } = await ask(app, 'GET /events?noun=audit', { as: owner.as });
  expect(body.items?.map(({ type }) => type)).toEqual(['audit-sink-deleted', 'audit-sink-created']);
});

async function syslogServer(transport: 'tcp' | 'udp'): Promise<{ port: number; message: Promise<string> }> {
  let taken: (text: string) => void = () => undefined;
  const message = new Promise<string>((resolve) => (taken = resolve));
  if (transport === 'udp') {
    const socket = createSocket('udp4').on('message', (data) => taken(data.toString()));
    servers.push(socket);
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
    return { port: socket.address().port, message };
  }
  const server = createTcpServer((socket) => {
    let text = '';
    socket.on('data', (data) => (text += data.toString())).on('end', () => taken(text));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  await sleep(0);
  return { port: (server.address() as AddressInfo).port, message };
}
