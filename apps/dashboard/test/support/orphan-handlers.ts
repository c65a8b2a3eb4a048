import type { AdoptOrphan, Orphan } from '@clawster/contract/orphan';
import { ago, makeBot, rack } from './fleet.ts';
import { Refused } from './refused.ts';
import { type Handler, type World } from './world.ts';

/** One that this Clawster lost, and one that another put on the same engine. */
export const someOrphans = (): Orphan[] => [
  {
    id: '5b0f2b0e-3f0e-4b57-9a3c-0a8f2d6c1e01',
    targetId: rack.id,
    botId: '0f0c2a52-6f7e-4c0c-8a52-5c1c6d1b7e11',
    name: 'stray',
    runs: true,
    since: ago(40 * 86_400),
    foundAt: ago(120),
    isDoomed: false,
  },
  {
    id: '5b0f2b0e-3f0e-4b57-9a3c-0a8f2d6c1e02',
    targetId: rack.id,
    botId: 'c7a1f3d2-9d0b-4a6e-8f5f-7b6f0f6a2c22',
    name: 'scribe',
    runs: false,
    since: ago(90 * 86_400),
    foundAt: ago(120),
    installation: '7d9e6c1a-52c4-4d0e-9f0b-2f4b8a1d3c33',
    isDoomed: false,
  },
];

type OneOrphan = { orphanId: string; installation?: string | undefined };

function orphanOf({ orphans }: World, { orphanId, installation }: OneOrphan): Orphan {
  const orphan = orphans.find(({ id }) => id === orphanId);
  if (!orphan) throw new Refused('not-found', 'There is no such orphan in this workspace');
  if (orphan.installation !== installation)
    throw new Refused('refused', `${orphan.name} belongs to another Clawster: name its id`);
  return orphan;
}

export const orphanHandlers: Record<string, Handler> = {
  'orphans.list': ({ orphans }, { targetId }: { targetId: string }) => {
    const items = orphans.filter((orphan) => orphan.targetId === targetId);
    return { items, total: items.length };
  },
  'orphans.adopt': (world, asked: AdoptOrphan) => {
    const orphan = orphanOf(world, asked);
    const name = asked.name ?? orphan.name;
    if (world.bots.some((bot) => bot.name === name))
      throw new Refused('conflict', `There is a bot named ${name} already: choose another name`);
    const bot = makeBot(name, asked.start ? 'pending' : 'stopped', 0);
    world.bots.push(bot);
    if (!orphan.installation) world.orphans.splice(world.orphans.indexOf(orphan), 1);
    return bot;
  },
  'orphans.destroy': (world, asked: OneOrphan) => Object.assign(orphanOf(world, asked), { isDoomed: true }),
};
