import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, request as forward, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { allRoutes, apiPrefix } from '@clawster/contract/api';
import { refusalStatus } from '@clawster/contract/problem';
import { pathParameters, type Route } from '@clawster/contract/route';
import { Refused } from './refused.ts';
import { handlers } from './handlers.ts';
import { identityOf, type World } from './world.ts';

export type StandInServer = { url: string; world: World; stop(): Promise<void> };
type Match = { name: string; route: Route; fromPath: Record<string, string> };

/**
 * The API as the contract says it, in memory, in front of a built dashboard: every input and every output
 * is checked with the contract's schemas, so that a page cannot lean on something the real server lacks.
 */
export async function startStandInServer(world: World, dashboardUrl: string): Promise<StandInServer> {
  const server = createServer((request, response) => {
    const done = request.url?.startsWith(apiPrefix)
      ? answer(world, request, response)
      : proxy(dashboardUrl, request, response);
    done.catch((error: unknown) => response.destroy(error as Error));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    world,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function answer(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const url = new URL(request.url ?? '', 'http://server');
    const match = matchRoute(request.method ?? '', url.pathname.slice(apiPrefix.length));
    if (!match) throw new Refused('not-found', `There is no ${request.method} ${url.pathname}`);
    admit(world, match.route);
    const raw = { ...Object.fromEntries(url.searchParams), ...(await bodyOf(request)), ...match.fromPath };
    const parsed = match.route.input.safeParse(raw);
    if (!parsed.success) {
      throw new Refused(
        'invalid',
        'Some fields are not right',
        parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message })),
      );
    }
    const handler = handlers[match.name];
    if (!handler) throw new Refused('trouble', `The stand-in has no handler for ${match.name}`);
    const outcome = handler(world, parsed.data as never);
    if (match.route.stream) return await stream(match.route, response, outcome as AsyncIterable<unknown>);
    send(response, 200, match.route.output.parse(await outcome));
  } catch (error) {
    const refused = error instanceof Refused ? error : new Refused('trouble', `The stand-in broke: ${String(error)}`);
    if (response.headersSent) return void response.end();
    send(response, refusalStatus[refused.code], problemOf(refused));
  }
}

function admit(world: World, { permission, method }: Route): void {
  if (world.whyReadOnly && method !== 'GET') throw new Refused('unavailable', `${world.whyReadOnly}. Reading goes on`);
  if (permission === 'public') return;
  if (!world.signedIn) throw new Refused('not-signed-in', 'Sign in first');
  if (permission !== 'signed-in' && !identityOf(world).permissions.includes(permission))
    throw new Refused('forbidden', 'Your role does not include this');
}

function problemOf({ code, message, issues }: Refused) {
  return {
    type: `urn:clawster:${code}`,
    title: code,
    status: refusalStatus[code],
    code,
    detail: message,
    ...(issues ? { issues } : {}),
  };
}

async function stream(route: Route, response: ServerResponse, parts: AsyncIterable<unknown>): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' }).write(':\n\n');
  for await (const part of parts) {
    if (response.destroyed) return;
    const id = (part as { id?: string }).id;
    response.write(`${id ? `id: ${id}\n` : ''}data: ${JSON.stringify(route.output.parse(part))}\n\n`);
  }
  response.end();
}

/** As the real server does it: what is written out in a path comes before what a parameter takes. */
const routesInOrder = allRoutes().toSorted(
  (one, other) => pathParameters(one.route.path).length - pathParameters(other.route.path).length,
);

function matchRoute(method: string, path: string): Match | undefined {
  for (const { name, route } of routesInOrder) {
    if (route.method !== method) continue;
    const groups = new RegExp(`^${route.path.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`).exec(path);
    if (groups)
      return {
        name,
        route,
        fromPath: Object.fromEntries(
          Object.entries(groups.groups ?? {}).map(([key, value]) => [key, decodeURIComponent(value)]),
        ),
      };
  }
  return undefined;
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text ? (JSON.parse(text) as Record<string, unknown>) : {};
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** As the real server does it: a fresh nonce for each page, told to Next and to the browser alike. */
async function proxy(dashboardUrl: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const policy = `default-src 'self'; script-src 'self' 'nonce-${randomBytes(16).toString('base64')}' 'strict-dynamic'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'`;
  const headers = { ...request.headers, 'content-security-policy': policy };
  const upstream = forward(
    new URL(request.url ?? '/', dashboardUrl),
    { method: request.method ?? 'GET', headers },
    (answered) => {
      response.writeHead(answered.statusCode ?? 502, { ...answered.headers, 'content-security-policy': policy });
      answered.pipe(response);
    },
  );
  upstream.on('error', () => response.writeHead(503).end('The dashboard is not there'));
  request.pipe(upstream);
}
