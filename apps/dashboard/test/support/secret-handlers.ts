import { randomUUID } from 'node:crypto';
import type { Secret, SecretAccess, SecretUse, SecretVersion } from '@clawster/contract/secret';
import type { SecretReference } from '@clawster/contract/secret-source';
import { channelsOf } from '@clawster/domain/channel/channels-of';
import { dueAtOf } from '@clawster/domain/secret/due';
import { sourcePlace } from '@clawster/domain/secret/source';
import { ago } from './fleet.ts';
import { pageOf } from './layer-handlers.ts';
import { Refused } from './refused.ts';
import { storedChannel } from './stored-channel.ts';
import { type Handler, tellEvent, type World } from './world.ts';

type Sourced = 'source' | 'readAt' | 'readTrouble';

/** A secret without what follows from the rest of the world; its value is nowhere, as in the product. */
export type StandInSecret = Pick<
  Secret,
  'id' | 'name' | 'note' | 'rotateDays' | 'deliveredAt' | 'createdAt' | Sourced
> & {
  /** The newest first. */
  versions: SecretVersion[];
  accesses: SecretAccess[];
};

type Named = { secretId: string };
type Page = { search?: string; cursor?: string; limit: number };
type Written = { name?: string; note?: string; expiresAt?: string | null; rotateDays?: number | null };

export const secretHandlers: Record<string, Handler> = {
  'secrets.list': (world, { search = '', ...page }: Page) =>
    pageOf(
      world.secrets
        .filter(({ name }) => name.toLowerCase().includes(search.toLowerCase()))
        .toSorted((one, other) => one.name.localeCompare(other.name))
        .map((secret) => told(world, secret)),
      page,
    ),
  'secrets.get': (world, { secretId }: Named) => {
    const secret = secretOf(world, secretId);
    return { ...told(world, secret), versions: secret.versions };
  },
  'secrets.accesses': (world, { secretId, ...page }: Named & Page) => pageOf(secretOf(world, secretId).accesses, page),
  'secrets.create': (world, input: Parameters<typeof keepSecret>[1]) => {
    const message = `There is a secret named ${input.name} already: choose another name`;
    if (world.secrets.some(({ name }) => name === input.name))
      throw new Refused('conflict', message, [{ path: 'name', message }]);
    if (input.source && sourcePlace(input.source).includes('/none')) {
      const missing = `The vault has no secret ${sourcePlace(input.source)}: check its name, or put it there`;
      throw new Refused('refused', missing, [{ path: 'source', message: missing }]);
    }
    return told(world, keepSecret(world, input));
  },
  'secrets.refresh': (world, { secretId }: Named) => {
    const secret = secretOf(world, secretId);
    secret.readAt = ago(0);
    secret.readTrouble = undefined;
    tellEvent(world, 'secret-source-read');
    return told(world, secret);
  },
  'secrets.update': (world, { secretId, name, note, expiresAt, rotateDays }: Named & Written) => {
    const secret = secretOf(world, secretId);
    if (name !== undefined) secret.name = name;
    if (note !== undefined) secret.note = note;
    if (rotateDays !== undefined) secret.rotateDays = rotateDays ?? undefined;
    const [current] = secret.versions;
    if (current && expiresAt !== undefined) current.expiresAt = expiresAt ?? undefined;
    tellEvent(world, 'secret-updated');
    return told(world, secret);
  },
  'secrets.delete': (world, { secretId }: Named) => {
    const [use] = usesOf(world, secretId);
    if (use) throw new Refused('refused', `${use.name} uses it: give that another one first`);
    world.secrets = world.secrets.filter(({ id }) => id !== secretId);
    tellEvent(world, 'secret-deleted');
    return {};
  },
};

type NewSecret = {
  name: string;
  note?: string;
  expiresAt?: string;
  rotateDays?: number;
  source?: SecretReference;
};

/** Keeps a secret of that name with its first version. */
export function keepSecret(world: World, { name, note = '', expiresAt, rotateDays, source }: NewSecret): StandInSecret {
  const secret: StandInSecret = {
    id: randomUUID(),
    name,
    note,
    rotateDays,
    ...(source ? { source, readAt: ago(0) } : {}),
    createdAt: ago(0),
    versions: [{ version: 1, state: 'current', author: world.ownName, createdAt: ago(0), expiresAt }],
    accesses: [],
  };
  world.secrets.push(secret);
  tellEvent(world, 'secret-created');
  return secret;
}

export function secretOf(world: World, secretId: string): StandInSecret {
  const secret = world.secrets.find(({ id }) => id === secretId);
  if (!secret) throw new Refused('not-found', 'No secret of this workspace has this id');
  return secret;
}

/** What uses a secret: in this world, channels alone. */
export function usesOf(world: World, secretId: string): SecretUse[] {
  return world.channels.flatMap(({ id, name, secrets }) =>
    secrets.filter((use) => use.secretId === secretId).map(({ field }) => ({ kind: 'channel', id, name, field })),
  );
}

/** The bots that are given a secret, by the rules of the product. */
export function botsWith(world: World, secretId: string) {
  const ids = new Set(usesOf(world, secretId).map(({ id }) => id));
  const channels = world.channels.filter(({ id }) => ids.has(id)).map(storedChannel);
  return world.bots.filter((bot) => bot.spec.desired !== 'destroyed' && channelsOf(bot, channels).length > 0);
}

function told(world: World, { versions, ...secret }: StandInSecret): Secret {
  const [current] = versions;
  const going = world.rotations.find(
    ({ rotation }) => rotation.secretId === secret.id && ['running', 'halted'].includes(rotation.phase),
  );
  const setAt = current?.createdAt ?? secret.createdAt;
  const dueAt = dueAtOf({
    setAt: new Date(setAt),
    expiresAt: current?.expiresAt ? new Date(current.expiresAt) : undefined,
    rotateDays: secret.rotateDays,
  });
  return {
    ...secret,
    version: current?.version ?? 1,
    setAt,
    expiresAt: current?.expiresAt,
    dueAt: dueAt?.toISOString(),
    uses: usesOf(world, secret.id),
    botCount: botsWith(world, secret.id).length,
    rotationId: going?.rotation.id,
    updatedAt: setAt,
  };
}
