import { randomUUID } from 'node:crypto';
import type { ApiKey, CreateApiKey } from '@clawster/contract/api-key';
import type { CreateServiceAccount, ServiceAccount } from '@clawster/contract/service-account';
import { ago } from './fleet.ts';
import { Refused } from './refused.ts';
import type { Handler, World } from './world.ts';

export const keyHandlers: Record<string, Handler> = {
  'apiKeys.list': (world) => ({ items: world.apiKeys, total: world.apiKeys.length }),
  'apiKeys.create': (world, { name, role, bots, expiresInDays, serviceAccountId }: CreateApiKey) => {
    const account = world.serviceAccounts.find(({ id }) => id === serviceAccountId);
    const apiKey: ApiKey = {
      id: randomUUID(),
      name,
      prefix: 'claw_9fa2',
      role,
      ...(bots ? { bots } : {}),
      isOwn: account === undefined,
      ...(account ? { serviceAccount: { id: account.id, name: account.name } } : {}),
      createdAt: ago(0),
      expiresAt: ago(-expiresInDays * 86_400),
    };
    if (account) account.apiKeyCount += 1;
    world.apiKeys.unshift(apiKey);
    return { apiKey, value: 'claw_9fa2_shown-only-once' };
  },
  'apiKeys.rotate': (world, { apiKeyId, overlapHours }: { apiKeyId: string; overlapHours: number }) => {
    const old = world.apiKeys.find(({ id }) => id === apiKeyId);
    if (!old) throw new Refused('not-found', 'No API key of yours has this id');
    const apiKey = { ...old, id: randomUUID(), prefix: 'claw_7bc1' };
    Object.assign(old, { replacedBy: apiKey.id, expiresAt: ago(-overlapHours * 3_600) });
    world.apiKeys.unshift(apiKey);
    return { apiKey, value: 'claw_7bc1_rotated' };
  },
  'apiKeys.revoke': (world, { apiKeyId }: { apiKeyId: string }) => {
    const apiKey = world.apiKeys.find(({ id }) => id === apiKeyId);
    if (apiKey) apiKey.revokedAt = ago(0);
    return {};
  },
  'serviceAccounts.list': (world) => ({ items: world.serviceAccounts, total: world.serviceAccounts.length }),
  'serviceAccounts.create': (world, { name, description, role }: CreateServiceAccount) => {
    const message = `There is a service account named ${name} already: choose another name`;
    if (world.serviceAccounts.some((account) => account.name === name))
      throw new Refused('conflict', message, [{ path: 'name', message }]);
    const account = { id: randomUUID(), name, description, role, apiKeyCount: 0, createdAt: ago(0) };
    world.serviceAccounts.push(account);
    return account;
  },
  'serviceAccounts.update': (world, { serviceAccountId, ...changes }: Named & Partial<ServiceAccount>) => {
    Object.assign(accountOf(world, serviceAccountId), changes);
    return { apiKeys: 1 };
  },
  'serviceAccounts.disable': (world, { serviceAccountId }: Named) => {
    accountOf(world, serviceAccountId).disabledAt = ago(0);
    return {};
  },
  'serviceAccounts.enable': (world, { serviceAccountId }: Named) => {
    delete accountOf(world, serviceAccountId).disabledAt;
    return {};
  },
  'serviceAccounts.delete': (world, { serviceAccountId }: Named) => {
    world.serviceAccounts = world.serviceAccounts.filter(({ id }) => id !== serviceAccountId);
    return { apiKeys: 1 };
  },
};

type Named = { serviceAccountId: string };

function accountOf(world: World, id: string): ServiceAccount {
  const account = world.serviceAccounts.find((one) => one.id === id);
  if (!account) throw new Refused('not-found', 'No service account of this workspace has this id');
  return account;
}
