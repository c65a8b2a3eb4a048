import { randomUUID } from 'node:crypto';
import type { CreateNotifier, Notifier } from '@clawster/contract/notifier';
import { ago } from './fleet.ts';
import { Refused } from './refused.ts';
import { owner, type Handler, type World } from './world.ts';

type One = { notifierId: string };

/** Notifiers as a server keeps them; an address with `broken` in it takes nothing. */
export const notifierHandlers: Record<string, Handler> = {
  'notifiers.list': ({ teaming }) => ({ items: teaming.notifiers }),
  'notifiers.create': (world, input: CreateNotifier) => {
    const one = notifierFrom(world, input);
    world.teaming.notifiers.push(one);
    return one.kind === 'webhook' ? { ...one, signingSecret: 'whsec_3fW8Qm1xT0bV7rYz' } : one;
  },
  'notifiers.update': (world, { notifierId, url, ...changes }: One & Partial<Notifier> & { url?: string }) =>
    Object.assign(notifierOf(world, { notifierId }), changes, url ? { host: new URL(url).host } : {}),
  'notifiers.test': (world, input: One) => {
    const { host } = notifierOf(world, input);
    return host?.includes('broken')
      ? { ok: false, message: `${host} answered 404: nothing takes messages there` }
      : { ok: true, message: 'The message was taken.' };
  },
  'notifiers.delete': ({ teaming }, { notifierId }: One) => {
    teaming.notifiers = teaming.notifiers.filter(({ id }) => id !== notifierId);
    return {};
  },
};

function notifierOf({ teaming }: World, { notifierId }: One): Notifier {
  const one = teaming.notifiers.find(({ id }) => id === notifierId);
  if (!one) throw new Refused('not-found', 'There is no such notifier in this workspace');
  return one;
}

export function notifierFrom(world: World, input: CreateNotifier): Notifier {
  return {
    id: randomUUID(),
    name: input.name,
    kind: input.kind,
    person: { id: owner.id, name: world.ownName },
    ...(input.url ? { host: new URL(input.url).host } : {}),
    inboxKinds: input.inboxKinds ?? [],
    ...(input.teamId ? { teamId: input.teamId } : {}),
    enabled: true,
    createdAt: ago(60),
  };
}
