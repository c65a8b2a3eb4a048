import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { createClient } from './client.ts';
import { ProblemError } from './problem-error.ts';
import { Unreachable } from './unreachable.ts';

const botId = '3f6f3f0e-6f43-4d53-9c38-111111111111';
const closers: (() => void)[] = [];
afterEach(() => closers.splice(0).forEach((close) => close()));

type Seen = { method: string | undefined; url: string | undefined; headers: IncomingMessage['headers']; body: string };

/** A listening server that answers each request with `handle`, and tells what it saw. */
async function serverThat(handle: (response: ServerResponse, seen: Seen) => void) {
  const seen: Seen[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const one = { method: request.method, url: request.url, headers: request.headers, body };
    seen.push(one);
    handle(response, one);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { seen, baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const json = (response: ServerResponse, value: unknown, status = 200) =>
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));

async function collect<Value>(values: AsyncIterable<Value>): Promise<Value[]> {
  const all: Value[] = [];
  for await (const value of values) all.push(value);
  return all;
}

describe('a request', () => {
  test('carries path parameters in the path and the rest in the body', async () => {
    const { baseUrl, seen } = await serverThat((response) => json(response, {}));
    await createClient({ baseUrl, apiKey: 'secret-key' }).bots.update({ botId, personality: 'kind' });
    expect(seen[0]).toMatchObject({ method: 'PATCH', url: `/api/v1/bots/${botId}`, body: '{"personality":"kind"}' });
    expect(seen[0]?.headers).toMatchObject({ authorization: 'Bearer secret-key', 'content-type': 'application/json' });
  });

  test('that changes something carries a key of its own, and asks once more under it when it was cut off', async () => {
    const { baseUrl, seen } = await serverThat((response) => {
      if (seen.length === 1) response.destroy();
      else json(response, {});
    });
    const client = createClient({ baseUrl });
    await client.bots.start({ botId });
    await client.bots.start({ botId });
    const keys = seen.map(({ headers }) => headers['idempotency-key']);
    expect(keys[0]).toMatch(/^\d+(-\d+){3}$/);
    expect(keys).toEqual([keys[0], keys[0], expect.not.stringMatching(String(keys[0]))]);
  });

  test('that was cut off twice tells how each try failed, since the first may have taken effect', async () => {
    const { baseUrl } = await serverThat((response) => response.destroy());
    const failure = await createClient({ baseUrl })
      .bots.start({ botId })
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Unreachable);
    const { errors } = (failure as Unreachable).cause as AggregateError;
    expect(errors.map(({ cause }: { cause: { code: string } }) => cause.code)).toEqual([
      'UND_ERR_SOCKET',
      'UND_ERR_SOCKET',
    ]);
  });

  test('that reads is asked once, and without a key', async () => {
    const { baseUrl, seen } = await serverThat((response) => response.destroy());
    await expect(createClient({ baseUrl }).bots.list()).rejects.toThrow(Unreachable);
    expect(seen.map(({ headers }) => headers['idempotency-key'])).toEqual([undefined]);
  });

  test('carries the rest of a GET in the query, without what is undefined', async () => {
    const { baseUrl, seen } = await serverThat((response) => json(response, { items: [], total: 0 }));
    await createClient({ baseUrl }).bots.list({ search: 'a b&c', cursor: undefined, limit: 10 });
    expect(seen[0]?.url).toBe('/api/v1/bots?search=a+b%26c&limit=10');
  });

  test('cannot be led to another route by its input', async () => {
    const { baseUrl, seen } = await serverThat((response) => json(response, {}));
    const client = createClient({ baseUrl });
    await client.bots.get({ botId: '../people?x=' });
    expect(seen[0]?.url).toBe('/api/v1/bots/..%2Fpeople%3Fx%3D');
    await expect(client.bots.get({ botId: '' })).rejects.toThrow('needs botId');
  });
});

describe('an answer', () => {
  test('is what the server sent', async () => {
    const status = { product: 'clawster', version: '0.1.0', setup: 'needed' };
    const { baseUrl } = await serverThat((response) => json(response, status));
    expect(await createClient({ baseUrl }).system.status()).toEqual(status);
  });

  test('that refuses is thrown with code, sentence, issues and request id', async () => {
    const issues = [{ path: 'name', message: 'Too long' }];
    const problem = {
      type: 'about:blank',
      title: 'Invalid',
      status: 400,
      code: 'invalid',
      detail: 'Check the name.',
      issues,
      requestId: 'r1',
    };
    const { baseUrl } = await serverThat((response) => json(response, problem, 400));
    const error = await createClient({ baseUrl })
      .bots.create({ name: 'x' })
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ProblemError);
    expect(error).toMatchObject({ message: 'Check the name.', code: 'invalid', status: 400, issues, requestId: 'r1' });
  });

  test.each([
    ['a page of another program', (response: ServerResponse) => response.end('<html>')],
    ['an error that is no problem', (response: ServerResponse) => response.writeHead(502).end('bad gateway')],
  ])('from something else is told as such: %s', async (_, handle) => {
    const { baseUrl } = await serverThat(handle);
    await expect(createClient({ baseUrl }).system.status()).rejects.toThrow(/not as a Clawster server does/);
  });

  test('that never comes is told with the address and what to do', async () => {
    const error = await createClient({ baseUrl: 'http://127.0.0.1:1' })
      .system.status()
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Unreachable);
    expect((error as Error).message).toMatch(/127\.0\.0\.1:1.*clawster up/);
  });

  test('is no longer waited for once the caller aborts', async () => {
    const { baseUrl } = await serverThat(() => undefined);
    await expect(
      createClient({ baseUrl }).system.status({}, { signal: AbortSignal.timeout(20) }),
    ).rejects.toMatchObject({ name: 'TimeoutError' });
  });
});

describe('a stream', () => {
  const sse = (response: ServerResponse) =>
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });

  test('yields each value, also one cut in the middle of a character', async () => {
    const bytes = Buffer.from(
      ': beat\n\ndata: {"type":"text","text":"grüß"}\n\ndata: {"type":"done","text":"grüß"}\n\n',
    );
    const { baseUrl, seen } = await serverThat((response) => {
      const cut = bytes.indexOf(0xc3) + 1;
      sse(response).write(bytes.subarray(0, cut));
      setTimeout(() => response.end(bytes.subarray(cut)), 20);
    });
    const answer = await collect(createClient({ baseUrl }).turns.start({ botId, message: 'hi' }));
    expect(answer).toEqual([
      { type: 'text', text: 'grüß' },
      { type: 'done', text: 'grüß' },
    ]);
    expect(seen[0]).toMatchObject({ method: 'POST', url: `/api/v1/bots/${botId}/turns`, body: '{"message":"hi"}' });
  });

  test('that fails midway yields what came, then throws the problem', async () => {
    const problem = { type: 'about:blank', title: 'Gone', status: 503, code: 'unavailable', detail: 'The bot left.' };
    const { baseUrl } = await serverThat((response) =>
      sse(response).end(
        `data: {"source":"gateway","text":"a"}\n\nevent: problem\ndata: ${JSON.stringify(problem)}\n\n`,
      ),
    );
    const lines: string[] = [];
    const reading = async () => {
      for await (const line of createClient({ baseUrl }).bots.logs({ botId })) lines.push(line.text);
    };
    await expect(reading()).rejects.toThrow('The bot left.');
    expect(lines).toEqual(['a']);
  });

  test('that breaks off is trouble, not an end', async () => {
    const { baseUrl } = await serverThat((response) => {
      sse(response).write('data: {"source":"gateway","text":"a"}\n\n');
      setTimeout(() => response.destroy(), 20);
    });
    await expect(collect(createClient({ baseUrl }).bots.logs({ botId }))).rejects.toBeInstanceOf(Unreachable);
  });

  test('closes its connection when the reader leaves', async () => {
    let closed = (): void => undefined;
    const whenClosed = new Promise<void>((resolve) => (closed = resolve));
    const { baseUrl } = await serverThat((response) => {
      response.on('close', closed);
      sse(response).write('data: {"source":"gateway","text":"a"}\n\n');
    });
    for await (const line of createClient({ baseUrl }).bots.logs({ botId, follow: true })) if (line.text) break;
    await expect(whenClosed).resolves.toBeUndefined();
  });

  test('without even a heartbeat is given up', async () => {
    const { baseUrl } = await serverThat((response) => sse(response).flushHeaders());
    await expect(collect(createClient({ baseUrl }).events.stream({}, { silenceMsMax: 30 }))).rejects.toThrow(
      /fell silent/,
    );
  });
});
