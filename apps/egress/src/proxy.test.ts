import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import { type AddressInfo, connect as dial, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { type EgressLine, egressCredential } from '@clawster/target/egress';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { readLists } from './lists.ts';
import { openProxy, type Proxy } from './proxy.ts';

/** A place that the bot may reach, on this machine. */
const server = createServer(async (asked, response) => response.end(`${asked.method} ${await text(asked)}`));
let place: string;
let proxy: Proxy;
const credential = egressCredential('bot', '');
const { username, password } = new URL(`${credential.proxyUrl}proxy`);
const headers = { 'proxy-authorization': `Basic ${btoa(`${username}:${password}`)}` };

beforeAll(async () => {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  place = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(async () => {
  proxy = await openProxy({ port: 0, host: '127.0.0.1' });
});
afterEach(() => proxy.close());

const line = (some: Partial<EgressLine> = {}): EgressLine => ({
  botId: 'bot',
  credentialHash: credential.credentialHash,
  networks: ['127.0.0.0/8'],
  allowed: [],
  inside: [place],
  ...some,
});
const lists = (...bots: EgressLine[]) => JSON.stringify({ bots });
const follow = (...bots: EgressLine[]) => proxy.follow(readLists(lists(...bots)));

/** Opens a way through the proxy; what it answers, and the way. */
function connect(path = place, port = proxy.port): Promise<{ status: number; socket: Socket }> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, method: 'CONNECT', path, headers });
    asked.on('connect', ({ statusCode = 0 }, socket) => resolve({ status: statusCode, socket: socket as Socket }));
    asked.on('error', reject).end();
  });
}

function ask(url: string, body = ''): Promise<{ status: number; said: string }> {
  return new Promise((resolve, reject) => {
    const { host } = new URL(url);
    const how = { host: '127.0.0.1', port: proxy.port, method: 'POST', path: url, headers: { ...headers, host } };
    const asked = request(how, async (answer) => resolve({ status: answer.statusCode ?? 0, said: await text(answer) }));
    asked.on('error', reject).end(body);
  });
}

const closed = (socket: Socket) => new Promise((resolve) => void socket.on('error', () => {}).once('close', resolve));

test('until it was told lists, nothing passes', async () => {
  expect((await connect()).status).toBe(407);
  follow();
  expect((await connect()).status).toBe(407);
});

test('what is listed passes, as a tunnel and as plain HTTP', async () => {
  follow(line());
  const { status, socket } = await connect();
  socket.destroy();
  expect(status).toBe(200);
  expect(await ask(`http://${place}/path`, 'Hello')).toEqual({ status: 200, said: 'POST Hello' });
});

test('a credential is good from its own network alone, and its owner is told of it', async () => {
  follow(line({ networks: ['10.0.0.0/8', '::1/128'] }));
  expect((await connect()).status).toBe(407);
  expect(proxy.refused()).toEqual([expect.objectContaining({ botId: 'bot', reason: 'wrong-network', count: 1 })]);
});

test('a list that has a place no longer ends what is open there, and nothing else', async () => {
  const { port } = server.address() as AddressInfo;
  const other = `localhost:${port}`;
  follow(line({ inside: [place, other] }));
  const [first, second] = [await connect(), await connect(other)];
  const ended = closed(first.socket);
  follow(line({ inside: [other] }));
  await ended;
  expect(second.socket.destroyed).toBe(false);
  follow();
  await closed(second.socket);
});

test('a place that leads inside is refused where only public addresses are allowed', async () => {
  const { port } = server.address() as AddressInfo;
  follow(line({ inside: [], allowed: [`localhost:${port}`] }));
  expect((await connect(`localhost:${port}`)).status).toBe(403);
  expect(await ask(`http://localhost:${port}/`)).toMatchObject({ status: 403 });
  expect(proxy.refused()).toEqual([expect.objectContaining({ reason: 'address-inside', count: 2 })]);
});

test('whoever leaves at any moment takes nothing with them', async () => {
  const { port } = server.address() as AddressInfo;
  follow(line({ inside: [place], allowed: [`localhost:${port}`] }));
  const heads = [
    `POST http://localhost:${port}/ HTTP/1.1\r\nHost: localhost:${port}\r\nContent-Length: 9\r\n`,
    `POST http://${place}/ HTTP/1.1\r\nHost: ${place}\r\nTransfer-Encoding: chunked\r\n`,
    `CONNECT ${place} HTTP/1.1\r\n`,
    `CONNECT localhost:${port} HTTP/1.1\r\n`,
  ];
  for (const head of heads)
    for (const waitMs of [0, 1, 3, 10]) {
      const socket = dial(proxy.port, '127.0.0.1').on('error', () => {});
      socket.write(`${head}Proxy-Authorization: ${headers['proxy-authorization']}\r\n\r\nhalf`);
      await sleep(waitMs);
      socket.resetAndDestroy();
    }
  expect(await ask(`http://${place}/`, 'Still here')).toEqual({ status: 200, said: 'POST Still here' });
});

test('a bot has so many ways open and no more; those it closes it may open again', async () => {
  follow(line());
  const ways = await Promise.all(Array.from({ length: 128 }, () => connect()));
  expect(ways.every(({ status }) => status === 200)).toBe(true);
  expect((await connect()).status).toBe(503);
  const [first] = ways;
  first?.socket.destroy();
  await expect.poll(async () => (await connect()).status).toBe(200);
  for (const { socket } of ways) socket.destroy();
});

test('a place that cannot be reached is no refusal', async () => {
  follow(line({ inside: ['127.0.0.1:1'] }));
  expect((await connect('127.0.0.1:1')).status).toBe(502);
  expect(proxy.refused()).toEqual([]);
});

test('what is refused is told once, counted; a bot that tries everything is told of in bounds', async () => {
  follow(line());
  for (let at = 0; at < 120; at += 1) await connect(`${at}.example:443`);
  await connect('0.example:443');
  const refused = proxy.refused();
  expect(refused.length).toBe(101);
  expect(refused.find((one) => one.place === '0.example:443')).toMatchObject({ count: 2, reason: 'not-allowed' });
  expect(refused.find((one) => one.place === 'other places')).toMatchObject({ count: 20 });
  expect(proxy.refused()).toEqual([]);
});

test.each([
  ['no JSON', 'bots'],
  ['half of it', '{"bots":[{"botId":"bot"'],
  ['something unknown in it', JSON.stringify({ bots: [], all: true })],
  ['a credential in place of its hash', lists({ ...line(), credentialHash: 'secret' })],
  ['a network that is none', lists({ ...line(), networks: ['anywhere'] })],
])('lists that are %s are refused whole', (_, written) => expect(() => readLists(written)).toThrow());

/** The program itself, by a file: the lines it wrote. */
async function run(file: string) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), '0', file], { stdio: 'pipe' });
  const told: Record<string, unknown>[] = [];
  createInterface({ input: child.stdout }).on('line', (written) => told.push(JSON.parse(written) as (typeof told)[0]));
  const ended = new Promise<number | null>((resolve) => void child.once('exit', resolve));
  await expect.poll(() => told[0]?.['listening']).toBeGreaterThan(0);
  return { child, told, ended, port: Number(told[0]?.['listening']) };
}

test('the program follows its file, keeps the lists it has when another is broken, and ends with what it refused', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'egress-'));
  const file = join(folder, 'lists.json');
  const { child, told, ended, port } = await run(file);
  await writeFile(file, lists(line()));
  await expect.poll(() => told.at(-1)).toEqual({ listed: 1 });
  await writeFile(file, lists(line()).slice(0, -5));
  await expect.poll(() => told.at(-1)?.['trouble']).toContain('those before hold');
  const { status, socket } = await connect(place, port);
  expect(status).toBe(200);
  expect((await connect('evil.example:443', port)).status).toBe(403);
  const cut = closed(socket);
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
  await cut;
  const refused = told.flatMap((one) => one['refused'] ?? []);
  expect(refused).toEqual([expect.objectContaining({ place: 'evil.example:443', reason: 'not-allowed' })]);
  await rm(folder, { recursive: true });
});
