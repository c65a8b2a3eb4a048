import { z } from 'zod';
import { cliCommand } from '../command.ts';
import { removeFleet, topUp } from '../seed/fleet.ts';
import { imaginedBotsMax } from '../seed/imagine-bots.ts';

const number = `Give a number of bots from 1 to ${imaginedBotsMax}`;

export const seed = cliCommand({
  usage: 'seed',
  summary:
    'Make a fleet to look at: bots that run nothing, whose stand-in supervisors live in the server and dial in as real ones do',
  options: [
    [
      '--bots <number>',
      `how many there should be in the end, 1 to ${imaginedBotsMax} (500); those that are there count`,
    ],
    ['--remove', 'take them away again'],
  ],
  input: z.object({
    bots: z.coerce.number(number).int(number).min(1, number).max(imaginedBotsMax, number).default(500),
    remove: z.boolean().default(false),
  }),
  async run({ client, out, signal }, { bots, remove }): Promise<{ bots: number; made: number; removed: number }> {
    const work = { client, signal, note: out.note };
    if (remove) return { bots: 0, made: 0, removed: await removeFleet(work) };
    return { removed: 0, ...(await topUp(work, bots)) };
  },
  show({ bots, made, removed }) {
    if (bots === 0) return removed === 0 ? 'There is no such fleet.' : `${count(removed)} on the way out.`;
    const before = bots - made > 0 ? `, beside ${bots - made} from before` : '';
    return `${count(made)} made${before}. They come up by themselves: clawster open\nTake them away again: clawster seed --remove`;
  },
});

const count = (bots: number) => (bots === 1 ? '1 bot' : `${bots} bots`);
