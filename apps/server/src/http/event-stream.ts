import { once } from 'node:events';
import type { Route } from '@clawster/contract/route';
import { StreamFrame } from '@clawster/control-plane/event/stream-frame';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { problemOf } from './problem.ts';

/** Proxies cut connections that are silent for half a minute. */
const heartbeatMs = 15_000;

/** Writes a stream as server-sent events until it ends or the client leaves; waits for slow clients rather than buffering. */
export async function sendStream(
  route: Route,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
  parts: AsyncIterable<unknown>,
): Promise<void> {
  const { raw } = reply;
  reply.hijack();
  raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  raw.write(':\n\n');
  const heartbeat = setInterval(() => raw.write(':\n\n'), heartbeatMs);
  try {
    for await (const part of parts) {
      if (raw.destroyed) break;
      if (!raw.write(wire(route, part))) await drained(raw);
    }
  } catch (error) {
    const problem = problemOf(error, request);
    if (!raw.destroyed) raw.write(`event: problem\ndata: ${JSON.stringify(problem)}\n\n`);
  } finally {
    clearInterval(heartbeat);
    raw.end();
  }
}

function wire(route: Route, part: unknown): string {
  if (!(part instanceof StreamFrame)) return `data: ${JSON.stringify(route.output.parse(part))}\n\n`;
  const id = part.id === undefined ? '' : `id: ${part.id}\n`;
  const event = part.event === undefined ? '' : `event: ${part.event}\n`;
  return `${id}${event}data: ${part.json}\n\n`;
}

async function drained(raw: FastifyReply['raw']): Promise<void> {
  const left = new AbortController();
  await Promise.race([once(raw, 'drain', left), once(raw, 'close', left)]).catch(() => undefined);
  left.abort();
}
