import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { allRoutes, apiPrefix } from '@clawster/contract/api';
import { pathParameters, type Route } from '@clawster/contract/route';

export type Handlers = Record<string, (input: never, call: { signal: AbortSignal }) => unknown>;
export type Call = { name: string; input: unknown; headers: IncomingMessage['headers'] };

/** A server that speaks the contract: `handlers` by `noun.verb`, given parsed input; arrays answer a stream. */
export async function contractServer(handlers: Handlers) {
  const calls: Call[] = [];
  const server = createServer((request, response) => void answer(request, response, { handlers, calls }));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    calls,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Throw it in a handler to refuse. */
export class Refused extends Error {
  readonly code: string;
  readonly status: number;
  constructor(code: string, status: number, sentence: string) {
    super(sentence);
    this.code = code;
    this.status = status;
  }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { handlers, calls }: { handlers: Handlers; calls: Call[] },
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://test');
  const found = allRoutes()
    .map(({ name, route }) => ({ name, route, path: matchPath(route, url.pathname) }))
    .find(({ route, path }) => path && route.method === request.method);
  let body = '';
  for await (const chunk of request) body += String(chunk);
  try {
    const handler = found && handlers[found.name];
    if (!found || !handler) throw new Refused('not-found', 404, `Nothing handles ${request.method} ${url.pathname}`);
    const input = found.route.input.parse({
      ...Object.fromEntries(url.searchParams),
      ...(body ? (JSON.parse(body) as object) : {}),
      ...found.path,
    });
    calls.push({ name: found.name, input, headers: request.headers });
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    const output = handler(input as never, { signal: gone.signal });
    if (found.route.file) response.end((output as string[]).join(''));
    else if (found.route.stream) await streamTo(response, output as Iterable<unknown>);
    else sendJson(response, await output, 200);
  } catch (error) {
    const { code = 'trouble', status = 500, message } = error as Partial<Refused>;
    sendJson(
      response,
      { type: 'about:blank', title: code, status, code, detail: message, requestId: 'request-1' },
      status,
    );
  }
}

function matchPath(route: Route, path: string): Record<string, string> | undefined {
  const pattern = new RegExp(`^${apiPrefix}${route.path.replaceAll(/\{\w+\}/g, '([^/]+)')}$`);
  const match = pattern.exec(path);
  return match
    ? Object.fromEntries(
        pathParameters(route.path).map((name, index) => [name, decodeURIComponent(match[index + 1] as string)]),
      )
    : undefined;
}

function sendJson(response: ServerResponse, value: unknown, status: number): void {
  response
    .writeHead(status, { 'content-type': 'application/json', 'set-cookie': 'session=abc; Path=/' })
    .end(JSON.stringify(value));
}

async function streamTo(response: ServerResponse, values: Iterable<unknown> | AsyncIterable<unknown>): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.flushHeaders();
  for await (const value of values) response.write(`data: ${JSON.stringify(value)}\n\n`);
  response.end();
}
