import { pathParameters, type Route } from '@clawster/contract/route';
import { Refusal } from '@clawster/domain/refusal';
import type { FastifyRequest } from 'fastify';

/** Gathers a route's one flat input from path, query and body as the contract spreads it; the path wins. */
export function inputReader(route: Route): (request: FastifyRequest) => Record<string, unknown> {
  const reads = route.method === 'GET' || route.method === 'DELETE';
  const inPath = pathParameters(route.path);
  const resumes = route.stream && reads;
  return (request) => {
    const input = { ...objectOf(reads ? request.query : request.body) };
    const parameters = request.params as Record<string, string>;
    for (const name of inPath) input[name] = parameters[name];
    const lastEventId = resumes ? request.headers['last-event-id'] : undefined;
    return lastEventId === undefined ? input : { ...input, after: lastEventId };
  };
}

function objectOf(value: unknown): Record<string, unknown> {
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value)) throw new Refusal('invalid', 'The body must be a JSON object');
  return value as Record<string, unknown>;
}
