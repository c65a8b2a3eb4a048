import { ScimRefusal, type ScimType } from '@clawster/domain/scim/scim-refusal';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { problemOf } from '../http/problem.ts';

type Said = { status: number; detail: string; scimType?: ScimType | undefined; retryAfterSeconds?: number };

/** Answers whatever was thrown in the protocol's own envelope (RFC 7644, section 3.12). */
export function sendScimError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  if (reply.sent) return;
  const { status, detail, scimType, retryAfterSeconds } = saidOf(error, request);
  if (retryAfterSeconds !== undefined) reply.header('retry-after', retryAfterSeconds);
  if (status === 401) reply.header('www-authenticate', 'Bearer realm="Clawster SCIM"');
  sendScim(reply, status, {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
    status: String(status),
    ...(scimType === undefined ? {} : { scimType }),
    detail,
  });
}

function saidOf(error: unknown, request: FastifyRequest): Said {
  if (error instanceof ScimRefusal) return { status: error.status, detail: error.message, scimType: error.scimType };
  const { status, code, detail } = problemOf(error, request);
  if (code === 'unavailable') return { status, detail, retryAfterSeconds: 2 };
  return { status, detail, ...(code === 'invalid' ? { scimType: 'invalidSyntax' as const } : {}) };
}

/** As bytes: to text Fastify would add a charset, which this media type does not have. */
export function sendScim(reply: FastifyReply, status: number, body: object): void {
  reply
    .code(status)
    .header('content-type', 'application/scim+json')
    .send(Buffer.from(JSON.stringify(body)));
}
