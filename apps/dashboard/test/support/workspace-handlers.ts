import { randomUUID } from 'node:crypto';
import { ago } from './fleet.ts';
import { Refused } from './refused.ts';
import { type Handler, identityOf, type World } from './world.ts';

export const workspaceHandlers: Record<string, Handler> = {
  'workspaces.list': (world) => ({
    items: [here(world), ...world.otherWorkspaces].map(({ id, name, role }) => ({
      id,
      name,
      role,
      current: id === world.workspaceId,
    })),
  }),
  'workspaces.create': (world, { name }: { name: string }) => {
    const id = randomUUID();
    world.otherWorkspaces.push({ id, name, role: 'owner', bots: [] });
    return { id, name, createdAt: ago(0) };
  },
  'workspaces.rename': (world, { name }: { name: string }) => {
    world.workspaceName = name;
    return identityOf(world).workspace;
  },
  'sessions.switch': (world, { workspaceId }: { workspaceId: string }) => {
    const there = world.otherWorkspaces.find(({ id }) => id === workspaceId);
    if (!there) throw new Refused('not-found', 'You belong to no workspace with this id');
    world.otherWorkspaces = [...world.otherWorkspaces.filter((one) => one !== there), here(world)];
    Object.assign(world, {
      workspaceId,
      workspaceName: there.name,
      role: there.role,
      bots: there.bots,
    } satisfies Partial<World>);
    return identityOf(world);
  },
};

function here({ workspaceId: id, workspaceName: name, role, bots }: World) {
  return { id, name, role, bots };
}
