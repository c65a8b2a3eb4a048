import { scimPrefix } from '@clawster/contract/directory';
import { refusalNotes } from '@clawster/control-plane/audit/note-refusal';
import {
  actorOfDirectory,
  authenticateDirectory,
  type DirectoryCaller,
} from '@clawster/control-plane/directory/authenticate-directory';
import { scimBaseUrl } from '@clawster/control-plane/directory/scim-base-url';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { Refusal } from '@clawster/domain/refusal';
import { ScimRefusal } from '@clawster/domain/scim/scim-refusal';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { addDiscovery } from './add-discovery.ts';
import { addResources } from './add-resources.ts';
import { sendScimError } from './scim-error.ts';

declare module 'fastify' {
  interface FastifyRequest {
    directory?: DirectoryCaller;
  }
}

/**
 * SCIM 2.0 (RFC 7643, 7644) for the directories of workspaces. Who asks is told by the directory's token alone: no
 * session and no API key lets anybody in here, and that token lets nobody in anywhere else.
 */
export async function addScim(server: FastifyInstance, plane: ControlPlane): Promise<void> {
  await server.register(
    (scope, _, done) => {
      const note = refusalNotes(plane);
      scope.setErrorHandler((error, request, reply) => {
        noteRefused(error, request, note);
        sendScimError(error, request, reply);
      });
      readScim(scope);
      scope.addHook('onRequest', async (request) => {
        request.directory = await directoryOf(plane, request);
      });
      addDiscovery(scope, () => scimBaseUrl(plane));
      addResources(scope, plane);
      for (const path of ['', '/*']) scope.all(path, nothingHere);
      done();
    },
    { prefix: scimPrefix },
  );
  for (const path of ['/scim', '/scim/*'])
    server.all(path, (request, reply) => sendScimError(new Refusal('not-found', nowhere), request, reply));
}

const nowhere = `There is nothing at this address: the base URL ends in ${scimPrefix}, and has /Users and /Groups below it`;

function nothingHere(): never {
  throw new ScimRefusal(404, nowhere);
}

/** Both types of body are the protocol's; an empty one is none. */
function readScim(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers();
  const parse = scope.getDefaultJsonParser('error', 'error');
  scope.addContentTypeParser(
    ['application/scim+json', 'application/json'],
    { parseAs: 'string' },
    (request, body, done) => {
      if (body.length === 0) done(null, undefined);
      else void parse(request, body as string, done);
    },
  );
}

async function directoryOf(plane: ControlPlane, request: FastifyRequest): Promise<DirectoryCaller> {
  const value = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const from = { address: request.ip, userAgent: request.headers['user-agent'] ?? '', requestId: request.id };
  const directory = await authenticateDirectory(plane, value, from);
  if (directory) return directory;
  throw new Refusal(
    'not-signed-in',
    'This is no token of a directory that is connected: copy it again, or rotate it under Settings, Single sign-on',
  );
}

/** What a directory is not let do, or what stands in its way: an owner should see it, and not find out by what is missing. */
function noteRefused(error: unknown, request: FastifyRequest, note: ReturnType<typeof refusalNotes>): void {
  const { directory, method, routeOptions } = request;
  if (!directory || !(error instanceof ScimRefusal) || ![403, 409].includes(error.status)) return;
  const { id, workspaceId, from } = directory;
  note(
    { id, workspaceId, actor: actorOfDirectory(directory), from },
    { method, route: routeOptions.url ?? '', sentence: error.message },
  );
}
