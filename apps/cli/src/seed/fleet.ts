import type { Client } from '@clawster/client/client';
import type { ListedBot } from '@clawster/contract/bot';
import type { Target } from '@clawster/contract/target';
import { allPages } from '../find.ts';
import { type ImaginedBot, imagineBots } from './imagine-bots.ts';

/** Its bots are the seed's, whatever their names. */
const targetName = 'Stand-in fleet';
const atOnceMax = 8;
const tellEvery = 100;

export type Work = { client: Client; signal: AbortSignal; note(text: string): void };

async function findFleetTarget(client: Client): Promise<Target | undefined> {
  const targets = await allPages((cursor) => client.targets.list({ limit: 200, cursor }));
  return targets.find(({ name, kind }) => kind === 'stand-in' && name === targetName);
}

/** Makes bots on the stand-in target until there are so many; says how many it made, and how many there are. */
export async function topUp(work: Work, wanted: number): Promise<{ bots: number; made: number }> {
  const { client } = work;
  const target =
    (await findFleetTarget(client)) ?? (await client.targets.create({ name: targetName, kind: 'stand-in' }));
  const all = await allPages((cursor) => client.bots.list({ limit: 200, cursor }));
  const there = all.filter(({ targetId }) => targetId === target.id).length;
  const taken = new Set(all.map(({ name }) => name.toLowerCase()));
  const missing = imagineBots()
    .filter(({ name }) => !taken.has(name))
    .slice(0, Math.max(0, wanted - there));
  const made = await forEach(missing, (bot) => make(work, target, bot), {
    ...work,
    tell: (count) => `${there + count} of ${wanted} bots`,
  });
  return { bots: there + made, made };
}

async function make({ client, signal }: Work, target: Target, bot: ImaginedBot): Promise<void> {
  const { name, personality, desired } = bot;
  const { id } = await client.bots.create(
    { name, personality, targetId: target.id, start: desired !== 'stopped' },
    { signal },
  );
  if (desired === 'paused') await client.bots.pause({ botId: id }, { signal });
}

/** Destroys every bot on the stand-in target, with its state; says how many. */
export async function removeFleet(work: Work): Promise<number> {
  const { client, signal } = work;
  const target = await findFleetTarget(client);
  if (!target) return 0;
  const all = await allPages((cursor) => client.bots.list({ limit: 200, cursor }));
  const bots = all.filter(({ targetId, spec }) => targetId === target.id && spec.desired !== 'destroyed');
  const destroy = ({ id }: ListedBot) => client.bots.destroy({ botId: id, keepStateDays: 0 }, { signal });
  return forEach(bots, destroy, { ...work, tell: (count) => `${count} of ${bots.length} bots destroyed` });
}

type Telling = Pick<Work, 'note' | 'signal'> & { tell(count: number): string };

/** A few at once; the first failure ends it, and what was done stays done. */
async function forEach<Item>(
  items: Item[],
  act: (item: Item) => Promise<unknown>,
  { note, signal, tell }: Telling,
): Promise<number> {
  const left = items.values();
  let done = 0;
  const worker = async () => {
    for (const item of left) {
      signal.throwIfAborted();
      await act(item);
      done += 1;
      if (done % tellEvery === 0) note(tell(done));
    }
  };
  await Promise.all(Array.from({ length: atOnceMax }, worker));
  return done;
}
