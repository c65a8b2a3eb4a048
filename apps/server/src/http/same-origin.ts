import { Refusal } from '@clawster/domain/refusal';
import type { FastifyRequest } from 'fastify';

/**
 * Refuses a change that another site made the browser send, and a look that its script wants to see the answer of. Browsers say where a request comes from, and
 * programs, which no site can steer, say nothing.
 */
export function refuseForeignOrigin(request: FastifyRequest, publicUrl: string): void {
  const site = request.headers['sec-fetch-site'];
  const { origin } = request.headers;
  const foreign = origin !== undefined && !ownOrigins(request, publicUrl).includes(origin);
  // Reading names no origin unless another site's script wants the answer, or a stream: a link that is followed names none.
  const reads = request.method === 'GET' || request.method === 'HEAD' || request.method === 'OPTIONS';
  if (reads && !foreign) return;
  if (foreign || (site !== undefined && site !== 'same-origin' && site !== 'none')) {
    throw new Refusal('forbidden', 'This request came from another site: open Clawster itself and try again');
  }
}

/** The origin at which the browser that asks has Clawster open, of those that are ours; a program has it at its public one. */
export function originOf(request: FastifyRequest, publicUrl: string): string {
  const own = ownOrigins(request, publicUrl);
  const { origin = '' } = request.headers;
  return own.includes(origin) ? origin : own[0];
}

/** What people open, and what this request was sent to, which is the same unless Clawster has several names. */
function ownOrigins(request: FastifyRequest, publicUrl: string): [string, string] {
  return [new URL(publicUrl).origin, `${request.protocol}://${request.host}`];
}
