import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { isDeepStrictEqual } from 'node:util';
import { pipeline } from 'node:stream/promises';
import type { TelegramUpstream } from '@clawster/link/channel';
import { type Dispatcher, request as ask } from 'undici';
import { outwardAgents } from '../host/way-out.ts';
import { keepSecret } from '../host/mask.ts';

/** A poll is held for half a minute by Telegram, and files are large. */
const agents = outwardAgents({ headersTimeout: 120_000, bodyTimeout: 120_000 });

/**
 * Telegram's Bot API on loopback, for one bot's gateway alone. It has a token that is good for nothing elsewhere; the real one
 * is put in its place on the way out. So another real one takes over between two calls: OpenClaw, which forgets what it was
 * doing when its token changes, sees no change.
 */
export type TelegramRelay = {
  url: string;
  /** What the gateway takes for its bot's token: it begins with the bot's number, as OpenClaw expects. */
  tokenFor(upstream: TelegramUpstream): string;
  /** Calls from now on go with this one, also a poll that is under way. `undefined`: none goes out. */
  setUpstream(upstream: TelegramUpstream | undefined): void;
  close(): Promise<void>;
};

/** `key`: the part of the token that is the gateway's own; the same after a restart, or OpenClaw would begin anew. */
export async function openTelegramRelay(key: string): Promise<TelegramRelay> {
  keepSecret(key);
  let upstream: TelegramUpstream | undefined;
  let changed = new AbortController();
  const server = createServer((request, response) => {
    relay({ request, response, key, current: () => ({ upstream, changed: changed.signal }) }).catch(() =>
      response.destroy(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    tokenFor: ({ token }) => `${token.split(':')[0]}:${key}`,
    setUpstream(next) {
      if (next) keepSecret(next.token);
      if (isDeepStrictEqual(next, upstream)) return;
      upstream = next;
      changed.abort();
      changed = new AbortController();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

type Relaying = {
  request: IncomingMessage;
  response: ServerResponse;
  key: string;
  current: () => { upstream: TelegramUpstream | undefined; changed: AbortSignal };
};

async function relay({ request, response, key, current }: Relaying): Promise<void> {
  const asked = askedOf(request);
  if (!isOwn(asked.token, key)) return refuse(response);
  const left = new AbortController();
  response.once('close', () => left.abort());
  // Small, unlike files; kept, so that it can be asked again under another token.
  const poll = asked.isPoll ? await buffer(request) : undefined;
  for (;;) {
    const { upstream, changed } = current();
    if (!upstream) return refuse(response);
    const signal = poll ? AbortSignal.any([left.signal, changed]) : left.signal;
    const how = { request, body: poll, signal, dispatcher: agents(upstream.allowPrivate) };
    try {
      return await send(response, await call(asked.urlAt(upstream), how));
    } catch (error) {
      // What the poll would have brought is kept by Telegram until it is asked for once more.
      const isToBeAskedAgain = poll && changed.aborted && !response.headersSent && !left.signal.aborted;
      if (!isToBeAskedAgain) throw error;
    }
  }
}

function askedOf({ url = '' }: IncomingMessage) {
  const [, file = '', token = '', path = ''] = /^\/(file\/)?bot([^/]+)\/(.+)$/.exec(url) ?? [];
  return {
    token,
    isPoll: /^getUpdates\b/.test(path),
    urlAt: (upstream: TelegramUpstream) =>
      `${upstream.apiRoot.replace(/\/+$/, '')}/${file}bot${upstream.token}/${path}`,
  };
}

function call(
  url: string,
  {
    request,
    body,
    ...how
  }: { request: IncomingMessage; body: Buffer | undefined; signal: AbortSignal; dispatcher: Dispatcher },
): Promise<Dispatcher.ResponseData> {
  const { method = 'GET', headers } = request;
  const hasBody = method !== 'GET' && method !== 'HEAD';
  return ask(url, {
    method: method as Dispatcher.HttpMethod,
    ...how,
    headers: {
      'user-agent': 'clawster',
      ...(headers['content-type'] ? { 'content-type': headers['content-type'] } : {}),
      ...(headers['content-length'] && !body ? { 'content-length': headers['content-length'] } : {}),
    },
    body: hasBody ? (body ?? request) : null,
  });
}

async function send(response: ServerResponse, { statusCode, headers, body }: Dispatcher.ResponseData): Promise<void> {
  const told = ['content-type', 'content-length', 'retry-after'].flatMap((name) => {
    const value = headers[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  response.writeHead(statusCode, Object.fromEntries(told));
  await pipeline(body, response);
}

/** As Telegram says it. */
function refuse(response: ServerResponse): void {
  const body = { ok: false, error_code: 401, description: 'Unauthorized' };
  response.writeHead(401, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function isOwn(token: string, key: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(token.replace(/^\d+:/, '')), digest(key));
}
