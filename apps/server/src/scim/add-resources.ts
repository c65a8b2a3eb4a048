import type { ScimAnswer } from '@clawster/control-plane/directory/answer';
import { createGroup, deleteGroup, patchGroup, replaceGroup } from '@clawster/control-plane/directory/change-group';
import { patchUser, replaceUser } from '@clawster/control-plane/directory/change-user';
import { createUser } from '@clawster/control-plane/directory/create-user';
import { deleteUser } from '@clawster/control-plane/directory/delete-user';
import { findGroups, getGroup } from '@clawster/control-plane/directory/find-groups';
import { findUsers, getUser } from '@clawster/control-plane/directory/find-users';
import { scimBaseUrl } from '@clawster/control-plane/directory/scim-base-url';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { Refusal } from '@clawster/domain/refusal';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendScim } from './scim-error.ts';
import { listIn, selectionIn } from './scim-input.ts';

type ById = { Params: { id: string } };

const users = {
  find: findUsers,
  get: getUser,
  create: createUser,
  replace: replaceUser,
  patch: patchUser,
  end: deleteUser,
};
const groups = {
  find: findGroups,
  get: getGroup,
  create: createGroup,
  replace: replaceGroup,
  patch: patchGroup,
  end: deleteGroup,
};

/** `/Users` and `/Groups`, which are asked for alike. */
export function addResources(scope: FastifyInstance, plane: ControlPlane): void {
  addOf(scope, plane, { path: '/Users', verbs: users });
  addOf(scope, plane, { path: '/Groups', verbs: groups });
}

function addOf(
  scope: FastifyInstance,
  plane: ControlPlane,
  { path, verbs }: { path: string; verbs: typeof users | typeof groups },
): void {
  const find = async (request: FastifyRequest, reply: FastifyReply, asked: unknown) => {
    const list = listIn(asked);
    answer(reply, 200, await verbs.find(plane, { ...askingIn(plane, request), selection: list.selection }, list));
  };
  scope.get(path, (request, reply) => find(request, reply, request.query));
  scope.post(`${path}/.search`, (request, reply) => find(request, reply, request.body));
  scope.get<ById>(`${path}/:id`, async (request, reply) =>
    answer(reply, 200, await verbs.get(plane, askingIn(plane, request), request.params.id)),
  );
  scope.post(path, async (request, reply) =>
    answer(reply, 201, await verbs.create(plane, askingIn(plane, request), request.body)),
  );
  scope.put<ById>(`${path}/:id`, async (request, reply) =>
    answer(reply, 200, await verbs.replace(plane, askingIn(plane, request), given(request))),
  );
  scope.patch<ById>(`${path}/:id`, async (request, reply) =>
    answer(reply, 200, await verbs.patch(plane, askingIn(plane, request), given(request))),
  );
  scope.delete<ById>(`${path}/:id`, async (request, reply) => {
    await verbs.end(plane, askingIn(plane, request), request.params.id);
    reply.code(204).send();
  });
}

const given = ({ params, body }: FastifyRequest<ById>) => ({ id: params.id, body });

/** Who asks, and what they want to see of the answer. */
function askingIn(plane: ControlPlane, { directory, headers, query }: FastifyRequest) {
  if (!directory) throw new Refusal('not-signed-in', 'Send the token of the directory');
  return {
    caller: directory,
    workspaceId: directory.workspaceId,
    baseUrl: scimBaseUrl(plane),
    selection: selectionIn(query),
    ifMatch: headers['if-match'],
  };
}

function answer(reply: FastifyReply, status: number, { body, version, location }: ScimAnswer): void {
  if (version !== undefined) reply.header('etag', version);
  if (location !== undefined) reply.header(status === 201 ? 'location' : 'content-location', location);
  sendScim(reply, status, body);
}
