import type { Halted } from '@clawster/contract/fleet';
import { z } from 'zod';
import { cliCommand } from '../command.ts';
import { CliRefusal, exitCodes } from '../failure.ts';
import { findBot } from '../find.ts';

const Input = z.object({
  bots: z.array(z.string()).default([]),
  all: z.boolean().default(false),
  pause: z.boolean().default(false),
});

/** Asks nothing: who types this has no time. */
export const halt = cliCommand({
  usage: 'halt [bots...]',
  summary: 'The emergency stop: ends the gateways of these bots, or of --all, at once; their state stays',
  options: [
    ['--all', 'every bot of the workspace'],
    ['--pause', 'keep the gateways, but let them do nothing any more'],
  ],
  input: Input,
  async run({ client, signal }, { bots, all, pause }): Promise<Halted & { mode: 'pause' | 'stop' }> {
    if (all === bots.length > 0) throw new CliRefusal('Name the bots to halt, or say --all.', exitCodes.usage);
    const mode = pause ? 'pause' : 'stop';
    const ids = all ? 'all' : await Promise.all(bots.map(async (bot) => (await findBot(client, bot)).id));
    return { mode, ...(await client.fleet.halt({ mode, bots: ids as 'all' | string[] }, { signal })) };
  },
  show: ({ mode, bots, confirmed }) => {
    const word = mode === 'stop' ? 'stopped' : 'paused';
    const rest =
      bots - confirmed > 0 ? `; ${bots - confirmed} could not be asked and are being ended by their target` : '';
    return `${bots === 1 ? '1 bot is' : `${bots} bots are`} ${word}, ${confirmed} confirmed it${rest}.`;
  },
});
