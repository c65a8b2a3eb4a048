import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { request } from 'undici';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AddressRefused } from './address.ts';
import { checkedAgent } from './checked-agent.ts';
import { hostsInside } from './testing/hosts-inside.ts';

// S14: whatever way an address inside is written in, a name leads to, or an answer points to, no connection is made there.

let inside: Server;
let port: number;
let hits = 0;
beforeAll(async () => {
  inside = createServer((_, response) => {
    hits += 1;
    response.end('what is inside');
  });
  await new Promise<void>((resolve) => {
    inside.listen(0, '127.0.0.1', resolve);
  });
  port = (inside.address() as AddressInfo).port;
});
afterAll(() => new Promise((resolve) => void inside.close(resolve)));

function urls(): string[] {
  return [
    ...hostsInside.map((host) => `http://${host}:${port}/`),
    `http://127.0.0.1:${port}\\@good.example/`,
    `http://good.example#@127.0.0.1:${port}/`,
    ...['https', 'ftp', 'gopher', 'file', 'unix', 'data', 'ws'].map((scheme) => `${scheme}://127.0.0.1:${port}/`),
    'unix:/var/run/docker.sock:/info',
    'file:///etc/passwd',
    'http:///127.0.0.1/',
  ];
}

/** Whether a connection was made, or would have been: everything but a refusal of the address or of the URL. */
async function isLetIn(url: string): Promise<boolean> {
  const agent = checkedAgent({ allowPrivate: false, responseBytesMax: 1_000, timeoutMs: 2_000 });
  try {
    const answer = await request(url, { dispatcher: agent });
    await answer.body.dump();
    return true;
  } catch (error) {
    return !isRefusal(error);
  } finally {
    await agent.destroy();
  }
}

const refusals = new Set(['ERR_INVALID_URL', 'UND_ERR_INVALID_ARG', 'ENOTFOUND', 'EAI_AGAIN']);

function isRefusal(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof AddressRefused) return true;
    if (refusals.has(String((cause as { code?: unknown }).code))) return true;
  }
  return false;
}

test('S14: no way to write an address inside leads there', async () => {
  const all = urls();
  const letIn: string[] = [];
  const waiting = [...all];
  const ask = async () => {
    for (let url = waiting.pop(); url !== undefined; url = waiting.pop()) if (await isLetIn(url)) letIn.push(url);
  };
  await Promise.all(Array.from({ length: 16 }, ask));
  process.stdout.write(`S14 addresses inside: tried ${all.length}, let in ${letIn.length}\n`);
  expect(letIn).toEqual([]);
  expect(all.length).toBeGreaterThanOrEqual(250);
  expect(hits).toBe(0);
});

test('S14: a name that is public when it is looked at, and inside when it is connected to, is looked up once a connection', async () => {
  let lookups = 0;
  const resolve = async () => {
    lookups += 1;
    return [{ address: lookups === 1 ? '192.88.99.1' : '127.0.0.1', family: 4 }];
  };
  for (const tried of [1, 2, 3]) {
    const agent = checkedAgent({ allowPrivate: false, responseBytesMax: 1_000, timeoutMs: 300, resolve });
    const asked = request(`http://rebinding.example:${port}/`, { dispatcher: agent });
    await expect(asked).rejects.toThrow();
    expect(lookups).toBe(tried);
    await agent.destroy();
  }
  expect(hits).toBe(0);
});

test('S14: a name with one address inside among others is not connected to at all', async () => {
  const resolve = async () => [
    { address: '1.1.1.1', family: 4 },
    { address: '127.0.0.1', family: 4 },
  ];
  const agent = checkedAgent({ allowPrivate: false, responseBytesMax: 1_000, timeoutMs: 300, resolve });
  const refused = await request(`http://mixed.example:${port}/`, { dispatcher: agent }).catch(
    (error: unknown) => error,
  );
  expect(isRefusal(refused)).toBe(true);
  await agent.destroy();
});

test('S14: a redirect is not followed, an answer without an end is cut, and one that drips is given up', async () => {
  const server = createServer((asked, response) => {
    if (asked.url === '/away') return response.writeHead(302, { location: `http://127.0.0.1:${port}/` }).end();
    if (asked.url === '/drip') return void response.write('a');
    response.writeHead(200);
    const pour = () => {
      while (response.write(Buffer.alloc(64 * 1024))) if (response.destroyed) return;
      response.once('drain', pour);
    };
    pour();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const agent = checkedAgent({ allowPrivate: true, responseBytesMax: 100_000, timeoutMs: 500 });
  const away = await request(`${origin}/away`, { dispatcher: agent });
  await away.body.dump();
  expect([away.statusCode, hits]).toEqual([302, 0]);
  const read = async (path: string) => (await request(`${origin}${path}`, { dispatcher: agent })).body.text();
  await expect(read('/endless')).rejects.toMatchObject({ code: 'UND_ERR_RES_EXCEEDED_MAX_SIZE' });
  await expect(read('/drip')).rejects.toMatchObject({ code: 'UND_ERR_BODY_TIMEOUT' });
  await agent.destroy();
  server.closeAllConnections();
  await new Promise((resolve) => void server.close(resolve));
});
