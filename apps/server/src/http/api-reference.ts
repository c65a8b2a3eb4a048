import Fastify, { type FastifyInstance } from 'fastify';
import { apiPrefix } from '@clawster/contract/api';
import { openApiDocument } from './openapi.ts';
import { newNonce, pagePolicy } from './security-headers.ts';

const page = '/api/reference';
const noncePlace = 'nonce-goes-here';

/** Serves the OpenAPI document and a page to read it, wholly from here: no other host is asked. */
export function addApiReference(server: FastifyInstance, version: string): void {
  let document: string | undefined;
  server.get(`${apiPrefix}/openapi.json`, (_, reply) =>
    reply.header('content-type', 'application/json').send((document ??= JSON.stringify(openApiDocument(version)))),
  );

  let reference: Promise<FastifyInstance> | undefined;
  const answer = async (path: string) => (await (reference ??= loadReference())).inject(path);
  server.get(page, (_, reply) => reply.redirect(`${page}/`, 308));
  server.get(`${page}/`, async (_, reply) => {
    const nonce = newNonce();
    const { body } = await answer(`${page}/`);
    return reply
      .header('content-type', 'text/html; charset=utf-8')
      .header('content-security-policy', pagePolicy(nonce))
      .send(body.replaceAll(noncePlace, nonce));
  });
  server.get(`${page}/js/scalar.js`, async (_, reply) => {
    const { body } = await answer(`${page}/js/scalar.js`);
    return reply
      .header('content-type', 'text/javascript; charset=utf-8')
      .header('cache-control', 'public, max-age=3600')
      .send(body);
  });
}

/** Loaded when first read: the page's script alone is 5 MB, which no start of a server should wait for. */
async function loadReference(): Promise<FastifyInstance> {
  const { default: scalar } = await import('@scalar/fastify-api-reference');
  const inner = Fastify();
  await inner.register(scalar, {
    routePrefix: page as `/${string}`,
    configuration: {
      url: `${apiPrefix}/openapi.json`,
      pageTitle: 'Clawster API',
      nonce: noncePlace,
      withDefaultFonts: false,
      telemetry: false,
      hideClientButton: true,
      agent: { disabled: true },
      mcp: { disabled: true },
    },
  });
  return inner;
}
