import { Refusal } from '@clawster/domain/refusal';
import type { FastifyRequest } from 'fastify';

/**
 * Refuses a change that another site made the browser send. Browsers say where a request comes from, and
 * programs, which no site can steer, say nothing.
 */
export function refuseForeignOrigin(request: FastifyRequest, publicUrl: string): void {
  if (request.method === 'GET' || request.method === 'HEAD' || request.method === 'OPTIONS') return;
  const site = request.headers['sec-fetch-site'];
  const { origin } = request.headers;
  const foreign =
    origin !== undefined && origin !== new URL(publicUrl).origin && origin !== `${request.protocol}://${request.host}`;
  if (foreign || (site !== undefined && site !== 'same-origin' && site !== 'none')) {
    throw new Refusal('forbidden', 'This request came from another site: open Clawster itself and try again');
  }
}
