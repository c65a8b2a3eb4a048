import { randomUUID } from 'node:crypto';
import type { Labels } from '@clawster/contract/label';
import { builtInRoles } from '@clawster/contract/permission-list';
import type { BindRole, CreateRole, RoleBinding, RoleDefinition } from '@clawster/contract/role';
import { roleMatrix } from '@clawster/domain/role/role';
import { botOf } from './bot-of.ts';
import { ago } from './fleet.ts';
import { Refused } from './refused.ts';
import type { Handler, World } from './world.ts';

export const roleHandlers: Record<string, Handler> = {
  'roles.list': (world) => ({ items: rolesOf(world) }),
  'roles.create': (world, { name, description, permissions }: CreateRole) => {
    const message = `There is a role named ${name} already: choose another name`;
    if (rolesOf(world).some((role) => role.name === name))
      throw new Refused('conflict', message, [{ path: 'name', message }]);
    const role = { name, description, permissions, builtIn: false, people: 0 };
    world.ownRoles.push(role);
    return role;
  },
  'roles.update': (world, { role: name, ...changes }: { role: string } & Partial<RoleDefinition>) => {
    Object.assign(world.ownRoles.find((role) => role.name === name) ?? {}, changes);
    return { sessions: 0, apiKeys: 1, invitations: 0 };
  },
  'roles.delete': (world, { role: name }: { role: string }) => {
    world.ownRoles = world.ownRoles.filter((role) => role.name !== name);
    return {};
  },
  'roleBindings.list': ({ bindings }, { personId }: { personId?: string }) => {
    const items = bindings.filter((binding) => !personId || binding.personId === personId);
    return { items, total: items.length };
  },
  'roleBindings.create': (world, { personId, role, bots }: BindRole) => {
    const binding: RoleBinding = {
      id: randomUUID(),
      personId,
      personName: world.people.find(({ id }) => id === personId)?.name ?? '',
      role,
      bots,
      createdAt: ago(0),
      ...('botId' in bots ? { botName: botOf(world, bots.botId).name } : {}),
    };
    world.bindings.unshift(binding);
    return binding;
  },
  'roleBindings.delete': (world, { bindingId }: { bindingId: string }) => {
    world.bindings = world.bindings.filter(({ id }) => id !== bindingId);
    return {};
  },
  'bots.label': (world, { botId, labels }: { botId: string; labels: Labels }) => {
    const bot = botOf(world, botId);
    bot.labels = labels;
    return bot;
  },
};

function rolesOf({ ownRoles, people }: World): RoleDefinition[] {
  const count = (name: string) => people.filter(({ role }) => role === name).length;
  const builtIn = builtInRoles.map((name) => ({
    name,
    description: `What a role named ${name} is for`,
    permissions: [...roleMatrix[name]],
    builtIn: true,
  }));
  return [...builtIn, ...ownRoles].map((role) => ({ ...role, people: count(role.name) }));
}
