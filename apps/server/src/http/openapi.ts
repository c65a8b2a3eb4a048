import { allRoutes, apiPrefix } from '@clawster/contract/api';
import { idempotencyHeader, idempotencyHours, idempotencyKeyPattern } from '@clawster/contract/idempotency';
import { Problem } from '@clawster/contract/problem';
import { pathParameters, type Route } from '@clawster/contract/route';
import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';

const NamedProblem = Problem.meta({ id: 'Problem' });

const IdempotencyKey = z
  .string()
  .regex(idempotencyKeyPattern)
  .optional()
  .meta({
    description: `Names what is to be done, such as a UUID: asked again under it within ${idempotencyHours} hours, it is answered again and done once. Another body under the same key is refused (422).`,
  });

/** The OpenAPI 3.1 document of all routes, made from the schemas that check the requests. */
export function openApiDocument(version: string) {
  const paths: ZodOpenApiPathsObject = {};
  for (const { name, route } of allRoutes()) {
    paths[apiPrefix + route.path] = {
      ...paths[apiPrefix + route.path],
      [route.method.toLowerCase()]: operation(name, route),
    };
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Clawster API',
      version,
      description:
        'Everything the dashboard and the command line can do. Sign in with an API key: `Authorization: Bearer claw_…`.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    security: [{ apiKey: [] }, { session: [] }],
    components: {
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', description: 'An API key, beginning with claw_' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: '__Host-clawster',
          description: 'The cookie that signing in sets',
        },
      },
    },
    paths,
  });
}

function operation(name: string, route: Route): ZodOpenApiOperationObject {
  const [noun = ''] = name.split('.');
  const open = route.permission === 'public';
  return {
    operationId: name,
    tags: [noun],
    summary: route.summary,
    description: open
      ? 'Needs no sign-in.'
      : route.permission === 'signed-in'
        ? 'Needs a sign-in.'
        : `Needs the permission \`${route.permission}\`.`,
    ...(open ? { security: [] } : {}),
    ...inputs(route),
    responses: {
      '200': answer(route),
      default: {
        description: 'Refused, with the reason and what to do',
        content: { 'application/problem+json': { schema: NamedProblem } },
      },
    },
  };
}

function answer({ stream, file, output: schema }: Route) {
  if (file) return { description: 'A file, sent while it is made', content: { 'text/*': { schema } } };
  if (stream)
    return {
      description: 'Server-sent events, the data of each as described here',
      content: { 'text/event-stream': { schema } },
    };
  return { description: 'Done', content: { 'application/json': { schema } } };
}

function inputs(route: Route): Pick<ZodOpenApiOperationObject, 'requestParams' | 'requestBody'> {
  const shape = (route.input as z.ZodObject).shape as Record<string, z.ZodType>;
  const inPath = new Set(pathParameters(route.path));
  const pick = (wanted: boolean) =>
    Object.fromEntries(Object.entries(shape).filter(([name]) => inPath.has(name) === wanted));
  const rest = z.object(pick(false));
  const hasRest = Object.keys(rest.shape).length > 0;
  const reads = route.method === 'GET' || route.method === 'DELETE';
  return {
    requestParams: {
      ...(route.method === 'POST' && route.permission !== 'public'
        ? { header: z.object({ [idempotencyHeader]: IdempotencyKey }) }
        : {}),
      ...(inPath.size > 0 ? { path: z.object(pick(true)) } : {}),
      ...(reads && hasRest ? { query: rest } : {}),
    },
    ...(!reads && hasRest
      ? { requestBody: { required: true, content: { 'application/json': { schema: rest } } } }
      : {}),
  };
}
