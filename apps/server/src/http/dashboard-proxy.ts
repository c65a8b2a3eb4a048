import httpProxy from '@fastify/http-proxy';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { newNonce, pagePolicy } from './security-headers.ts';

declare module 'fastify' {
  interface FastifyRequest {
    nonce?: string;
  }
}

/** Everything that is neither API nor link is the dashboard's, so that people have one origin and the dashboard no port of its own. */
export async function proxyDashboard(server: FastifyInstance, dashboardUrl: string): Promise<void> {
  await server.register(httpProxy, {
    upstream: dashboardUrl,
    // Two lines for each of a page's files would bury what a log is for.
    disableRequestLogging: true,
    prefix: '/',
    httpMethods: ['GET', 'HEAD', 'POST'],
    preHandler: (request, reply, done) => {
      request.nonce = newNonce();
      reply.header('content-security-policy', pagePolicy(request.nonce));
      done();
    },
    replyOptions: {
      // Next takes the nonce for its own scripts from this header of the request.
      rewriteRequestHeaders: (request, headers) => ({
        ...headers,
        'content-security-policy': pagePolicy(request.nonce ?? ''),
        'x-nonce': request.nonce ?? '',
      }),
      rewriteHeaders: ({ 'content-security-policy': _policy, 'x-powered-by': _framework, ...headers }) => headers,
      onError: (reply) => sayStarting(reply as unknown as FastifyReply),
    },
  });
}

function sayStarting(reply: FastifyReply): void {
  reply
    .code(503)
    .header('content-type', 'text/html; charset=utf-8')
    .header('retry-after', '1')
    .send(
      '<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="1"><title>Clawster</title>' +
        '<p>The dashboard is starting. This page tries again by itself.</p>',
    );
}
