import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Agent, request as ask } from 'undici';
import { type Connecting, connectorFor } from './connect.ts';
import { type Answer, challenge, type Gatekeeper } from './gatekeeper.ts';

const idleMs = 5 * 60_000;

/** Of one connection alone, in both directions, or this proxy's own to say. */
const hopByHop = new Set(
  'connection keep-alive proxy-connection te trailer transfer-encoding upgrade expect http2-settings host proxy-authorization proxy-authenticate'.split(
    ' ',
  ),
);

/** Hands plain HTTP requests on, each over a connection of its own: what one bot sent is never before another's. */
export async function handOn(
  gatekeeper: Gatekeeper,
  { request, response }: { request: IncomingMessage; response: ServerResponse },
  how: Connecting,
): Promise<void> {
  const { place, path } = targetOf(request.url ?? '');
  const over = new AbortController();
  const passage = gatekeeper.pass(request, place, () => over.abort());
  if (passage.is === 'refused') return refuse(response, passage);
  response.once('close', () => {
    passage.close();
    over.abort();
  });
  const connect = connectorFor(passage.allowPrivate, how);
  const agent = new Agent({ connect, headersTimeout: idleMs, bodyTimeout: idleMs, pipelining: 0 });
  try {
    const answer = await ask(`http://${place}${path}`, {
      dispatcher: agent,
      method: request.method as 'GET',
      headers: passedOn(request.headers),
      // Not the request itself, which would take the way for the answer with it when the connection fails.
      body: hasBody(request) ? request.pipe(new PassThrough()) : null,
      signal: over.signal,
    });
    response.writeHead(answer.statusCode, passedOn(answer.headers as IncomingHttpHeaders));
    await pipeline(answer.body, response);
  } catch (error) {
    if (response.headersSent) response.destroy();
    else refuse(response, gatekeeper.trouble(passage, error));
  } finally {
    void agent.destroy();
  }
}

/** What an absolute URL names, as it is written: no parser of URLs is asked that might read another host. */
function targetOf(url: string): { place: string; path: string } {
  const [, authority = '', path = ''] = /^http:\/\/([^/?#\\@\s]+)([/?][^#\s]*)?$/i.exec(url) ?? [];
  const place = /:\d+$/.test(authority) ? authority : `${authority}:80`;
  return { place: authority === '' ? url : place, path: path.startsWith('/') ? path : `/${path}` };
}

function refuse(response: ServerResponse, { status, sentence }: Answer): void {
  // Whatever else was sent is not read as another request.
  const headers = { 'content-type': 'text/plain; charset=utf-8', connection: 'close', ...challenge(status) };
  response.writeHead(status, headers).end(`${sentence}\n`);
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || headers['content-length'] !== undefined;
}

function passedOn(headers: IncomingHttpHeaders): Record<string, string | string[]> {
  const named = new Set((headers.connection ?? '').split(',').map((name) => name.trim().toLowerCase()));
  return Object.fromEntries(
    Object.entries(headers).filter(
      (entry): entry is [string, string | string[]] =>
        entry[1] !== undefined && !hopByHop.has(entry[0]) && !named.has(entry[0]),
    ),
  );
}
