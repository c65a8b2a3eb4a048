import { randomUUID } from 'node:crypto';
import type { Impact } from '@clawster/contract/configuration';
import type { AttachConnector, CreateConnector, TestConnector, UpdateConnector } from '@clawster/contract/connector';
import type { CreateTarget } from '@clawster/contract/target';
import type { EventRecord } from '@clawster/contract/event';
import { suggestedModel } from '@clawster/domain/model/prices';
import { ago } from './fleet.ts';
import { Refused } from './refused.ts';
import { type Handler, type World } from './world.ts';

export const thingHandlers: Record<string, Handler> = {
  'targets.list': ({ targets, bots }) => ({
    items: targets.map((target) => ({
      ...target,
      botCount: bots.filter(({ targetId }) => targetId === target.id).length,
    })),
    total: targets.length,
  }),
  'targets.create': ({ targets }, { name, kind, connection }: CreateTarget) => {
    const path = connection?.via === 'socket' ? connection.path : '';
    if (path.startsWith('/nowhere')) throw new Refused('refused', `The engine does not answer: connect ENOENT ${path}`);
    const checkedAt = new Date().toISOString();
    const message = 'Docker 20.10.24, overlay2, cgroup v1, 2 CPUs; room for 9 more of 2.0 GB';
    const target = { id: randomUUID(), name, kind, botCount: 0, health: { ok: true, message, checkedAt } };
    targets.push({ ...target, orphans: [], createdAt: checkedAt });
    return targets.at(-1);
  },
  'runtimes.list': (world) => ({ items: world.runtimes, floor: '2026.7.1' }),
  'runtimes.install': (world, { version }: { version: string }) =>
    world.runtimes.find((runtime) => runtime.version === version),
  'connectors.list': (world: World) => ({
    items: world.connectors.map((connector) => withUse(world, connector)),
    total: world.connectors.length,
  }),
  'connectors.test': (_, input: TestConnector) => check(input),
  'connectors.create': (world: World, input: CreateConnector) => {
    const result = check(input);
    if (!result.ok) throw new Refused('refused', result.message);
    const { apiKey, models = [suggestedModel(input.provider, input.model)], ...rest } = input;
    const now = new Date().toISOString();
    const connector = {
      ...rest,
      models,
      id: randomUUID(),
      kind: 'model-provider' as const,
      hasApiKey: apiKey !== undefined,
      check: result,
      botCount: 0,
      bots: [],
      createdAt: now,
      updatedAt: now,
    };
    world.connectors.push(connector);
    return connector;
  },
  'connectors.update': (world: World, { connectorId, ...changes }: UpdateConnector) => {
    const connector = world.connectors.find(({ id }) => id === connectorId);
    if (!connector) throw new Refused('not-found', 'There is no such connector in this workspace');
    const said = Object.entries(changes).filter(([field, value]) => field !== 'apiKey' && value !== undefined);
    for (const [field, value] of said) Object.assign(connector, { [field]: value ?? undefined });
    return connector;
  },
  'connectors.check': (world: World, { connectorId }: { connectorId: string }) => {
    const connector = world.connectors.find(({ id }) => id === connectorId);
    return Object.assign(connector ?? {}, { check: check({}) });
  },
  'connectors.attach': attached,
  'connectors.delete': (world: World, { connectorId }: { connectorId: string }) => {
    world.connectors = world.connectors.filter(({ id }) => id !== connectorId);
    return {};
  },
  'events.stream': (world: World) => newEvents(world),
};

/** Gives it to bots, or tells what that comes to. */
function attached(world: World, { connectorId, botIds, selector = {}, model, dryRun }: AttachConnector): Impact {
  const connector = world.connectors.find(({ id }) => id === connectorId);
  if (!connector) throw new Refused('not-found', 'There is no such connector in this workspace');
  const isMeant = ({ id, labels }: World['bots'][number]) =>
    botIds?.includes(id) ?? Object.entries(selector).every(([name, value]) => labels[name] === value);
  const meant = world.bots.filter(isMeant);
  const others = meant.filter(({ spec }) => spec.connectorId !== connectorId);
  const bots = others.map(({ id, name, connectorName }) => ({
    botId: id,
    botName: name,
    changes: [{ path: 'connector', before: connectorName, after: connector.name, reload: 'hot' as const }],
    changeCount: 1,
    reload: 'hot' as const,
    issues: [],
  }));
  if (!dryRun)
    for (const bot of others) {
      bot.spec = { ...bot.spec, connectorId, model: model ?? connector.model };
      bot.connectorName = connector.name;
    }
  return { concerned: meant.length, changed: bots.length, hot: bots.length, restart: 0, refused: 0, bots };
}

function withUse(world: World, connector: World['connectors'][number]) {
  const users = world.bots.filter(({ spec }) => spec.connectorId === connector.id);
  const bots = users.slice(0, 3).map(({ id, name }) => ({ id, name }));
  return { ...connector, botCount: users.length, bots };
}

function check({ apiKey }: Pick<TestConnector, 'apiKey'>) {
  const ok = apiKey !== 'wrong';
  return {
    ok,
    message: ok
      ? 'Answered in 0.4 s; 2 models offered'
      : 'The provider answered 401: the key is not right. Copy it again.',
    models: ok ? ['small-1', 'large-1'] : [],
    checkedAt: ago(0),
  };
}

async function* newEvents(world: World): AsyncGenerator<EventRecord> {
  let seen = world.events.length;
  for (;;) {
    while (seen < world.events.length) yield world.events[seen++] as EventRecord;
    await new Promise<void>((resolve) => {
      const listener = () => {
        world.listeners.delete(listener);
        resolve();
      };
      world.listeners.add(listener);
    });
  }
}
