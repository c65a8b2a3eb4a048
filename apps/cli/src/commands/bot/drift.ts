import type { BotDrift } from '@clawster/contract/drift';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { CliRefusal, exitCodes } from '../../failure.ts';
import { findBot } from '../../find.ts';
import { sayChanges } from '../../impact-text.ts';
import { waitInput, waitOptions } from '../../waiting.ts';
import { settled } from '../../watch-bot.ts';

export const drift = cliCommand({
  usage: 'bot drift <bot>',
  summary: "Show what somebody changed on a bot's host, put it back, or make it the bot's own",
  options: [
    ['--revert', 'put it back'],
    ['--adopt', "make it the bot's own settings, where settings can say it"],
    ['--reason <text>', 'why it is adopted, kept with the revision'],
    ...waitOptions,
  ],
  input: z.object({
    bot: z.string(),
    revert: z.boolean().default(false),
    adopt: z.boolean().default(false),
    reason: z.string().optional(),
    ...waitInput,
  }),
  async run(context, { bot: nameOrId, revert, adopt, reason, ...waiting }) {
    const { client } = context;
    if (revert && adopt) throw new CliRefusal('Either put it back or adopt it, not both.', exitCodes.usage);
    if (reason !== undefined && !adopt) throw new CliRefusal('A reason is kept with --adopt.', exitCodes.usage);
    const { id: botId } = await findBot(client, nameOrId);
    if (revert)
      return {
        done: 'reverted' as const,
        bot: await settled(context, await client.bots.revertDrift({ botId }), waiting),
      };
    if (adopt)
      return {
        done: 'adopted' as const,
        bot: await settled(context, await client.bots.adoptDrift({ botId, reason }), waiting),
      };
    return { done: 'shown' as const, bot: await client.bots.get({ botId }) };
  },
  show({ done, bot: { name, generation, status, spec } }) {
    if (done === 'reverted') return `What was changed on its host is put back. Follow it: clawster bot watch ${name}`;
    if (done === 'adopted') return `${name} is to be as it was changed on its host (revision ${generation}).`;
    if (status.drift)
      return `${sayDrift(status.drift)}Put it back: clawster bot drift ${name} --revert, or make it its own: --adopt`;
    return spec.drift === 'revert'
      ? 'Nothing on its host differs from what Clawster wrote there; what does is put back at once.'
      : 'Nothing on its host differs from what Clawster wrote there.';
  },
});

function sayDrift({ at, files }: BotDrift): string {
  const texts = files.map(({ file, changes, more }) => {
    const told = sayChanges(changes.map(({ path, ...values }) => ({ path: path ?? 'the text', ...values })));
    return `${file}\n${told}${more ? `and ${more} more\n` : ''}`;
  });
  return `Changed on its host since ${at}:\n\n${texts.join('\n')}\n`;
}
