import { z } from 'zod';
import { phaseText, stepText } from '../../bot-text.ts';
import { cliCommand } from '../../command.ts';
import { findBot } from '../../find.ts';
import { watchBot } from '../../watch-bot.ts';

export const watch = cliCommand({
  usage: 'bot watch <bot>',
  summary: 'Show a bot each time something about it changes, until Ctrl-C',
  input: z.object({ bot: z.string() }),
  async *run({ client, signal }, { bot }) {
    yield* watchBot(client, (await findBot(client, bot)).id, { signal });
  },
  show(bot, out) {
    const steps = bot.status.phase === 'ready' ? [] : bot.status.steps.map((step) => `  ${stepText(step, out)}`);
    return [`${new Date().toTimeString().slice(0, 8)}  ${phaseText(bot, out)}  ${bot.status.reason}`, ...steps].join(
      '\n',
    );
  },
});
