import { createServer, type AddressInfo } from 'node:net';
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { connectGateway, connectGatewayPatiently, type GatewayClient } from './client.ts';
import { orderEvents } from './event-order.ts';
import { isWorthAnotherTry } from './gateway-error.ts';
import { startStandIn, type StandIn } from './stand-in.ts';

// F14, F15 as the client sees them: a gateway that talks nonsense, repeats itself, or asks to be left alone for a while.

const over: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of over.splice(0)) await end();
});

async function standIn(): Promise<StandIn> {
  const gateway = await startStandIn();
  over.push(() => gateway.close());
  return gateway;
}

async function connected(gateway: StandIn): Promise<GatewayClient> {
  const client = await connectGateway(gateway);
  over.push(() => client.close());
  return client;
}

const mebibyte = 2 ** 20;

test.each([
  ['what is no JSON', { text: '<html>', times: 1 }, 1002, 'said what is no JSON'],
  ['JSON that is no frame', { text: '[1]', times: 1 }, 1002, 'said what is no frame'],
  ['an answer without its parts', { text: '{"type":"res"}', times: 1 }, 1002, 'said what is no frame'],
  ['more than fits into a frame', { text: ' ', times: 65 * mebibyte }, 1009, 'more than 64 MiB at once'],
])('%s ends the connection with a sentence, and whoever waits is told', async (_, says, code, sentence) => {
  const gateway = await standIn();
  const client = await connected(gateway);
  // A run has no time of its own: it would wait for ever.
  const run = client.run({ message: '#demo slow 100', sessionKey: 'agent:main:x', idempotencyKey: 'r1' });
  gateway.fault({ says });
  await expect(run).rejects.toThrow(sentence);
  const end = await client.closed;
  expect([end.closeCode, isWorthAnotherTry(end)]).toEqual([code, false]);
  expect(end.message).toContain(sentence);
});

test('a frame of a type we do not know is passed over, so that a newer gateway can be spoken to', async () => {
  const gateway = await standIn();
  const client = await connected(gateway);
  gateway.fault({ says: { text: '{"type":"something-new"}', times: 1 } });
  gateway.fault({});
  await expect(client.call('health')).resolves.toMatchObject({ ok: true });
});

test('a frame that is too large is refused by its announcement: nothing of it is waited for or kept', async () => {
  const announced = 65 * mebibyte;
  const server = createServer((socket) => {
    socket
      .on('error', () => undefined)
      .once('data', (request) => {
        const key = /sec-websocket-key: (.+)\r/i.exec(String(request))?.[1] ?? '';
        const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
        socket.write(
          `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
        );
        const head = Buffer.from([0x81, 127, 0, 0, 0, 0, 0, 0, 0, 0]);
        head.writeUInt32BE(announced, 6);
        socket.write(head);
      });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  over.push(() => server.close());
  const since = Date.now();
  const { port } = server.address() as AddressInfo;
  await expect(connectGateway({ port, token: 'any' })).rejects.toThrow('more than 64 MiB at once');
  expect(Date.now() - since).toBeLessThan(5_000);
});

test('a hello of another protocol is refused by its number, and not knocked at again', async () => {
  const gateway = await standIn();
  gateway.fault({ protocol: 5 });
  await expect(connectGatewayPatiently(gateway, { deadlineMs: 20_000 })).rejects.toThrow(
    'The gateway speaks protocol 5, and this Clawster only 4',
  );
  expect(gateway.knocks).toHaveLength(1);
});

/** The numbers of what was told, and how many were missed before each. */
async function toldOfThree(events: 'twice' | 'swapped') {
  const gateway = await standIn();
  const client = await connected(gateway);
  const told: [number | undefined, number][] = [];
  client.onEvent(({ seq }, missed) => told.push([seq, missed]));
  const turn = (key: string) =>
    client.run({ message: '#demo text Good morning', sessionKey: 'agent:main:x', idempotencyKey: key });
  await turn('r1');
  const before = told.length;
  gateway.fault({ events });
  await turn('r2');
  gateway.fault({});
  await turn('r3');
  return { told, before };
}

test('an event that comes twice is told once', async () => {
  const { told, before } = await toldOfThree('twice');
  expect(told.length).toBeGreaterThanOrEqual(3 * before - 1);
  expect(told).toEqual(told.map((_, index) => [index + 1, 0]));
});

test('events that come in another order are told in their order, and those that came too late as missed', async () => {
  const { told } = await toldOfThree('swapped');
  const numbers = told.map(([seq]) => seq ?? 0);
  expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
  expect(new Set(numbers).size).toBe(numbers.length);
  const missed = told.reduce((sum, [, count]) => sum + count, 0);
  expect(missed).toBeGreaterThan(0);
  expect(told.length + missed).toBe(numbers.at(-1));
});

test('what a gateway leaves out is counted, as far as its numbers go', () => {
  const place = orderEvents();
  expect([4, 5, 5, 9, 6, undefined, Number.MAX_SAFE_INTEGER].map(place)).toEqual([
    { isNew: true, missed: 0 },
    { isNew: true, missed: 0 },
    { isNew: false, missed: 0 },
    { isNew: true, missed: 3 },
    { isNew: false, missed: 0 },
    { isNew: true, missed: 0 },
    { isNew: true, missed: Number.MAX_SAFE_INTEGER - 10 },
  ]);
});

const busy = (retryAfterMs: number) => ({ code: 'UNAVAILABLE', message: 'busy', retryable: true, retryAfterMs });

test('a gateway that asks to be left alone is not knocked at before that', async () => {
  const gateway = await standIn();
  gateway.fault({ refusal: busy(1_200) });
  const knocking = connectGatewayPatiently(gateway, { deadlineMs: 20_000 });
  await sleep(600);
  gateway.fault({});
  (await knocking).close();
  const [first = 0, second = 0, ...more] = gateway.knocks;
  expect(more).toEqual([]);
  expect(second - first).toBeGreaterThanOrEqual(1_150);
});

test('a request that is refused for a while is asked once: whoever asked learns how long to wait', async () => {
  const gateway = await standIn();
  const client = await connected(gateway);
  gateway.fault({ refusal: busy(51_000) });
  await expect(client.call('secrets.reload')).rejects.toMatchObject({ code: 'UNAVAILABLE', retryAfterMs: 51_000 });
  expect(gateway.knocks).toHaveLength(1);
});
