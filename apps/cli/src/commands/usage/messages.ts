import { botText, tookText } from '../../activity-text.ts';
import { cliCommand } from '../../command.ts';
import { countText, table } from '../../output.ts';
import { countedLine, failedText, usageAsked, UsageInput, usageOptions } from './asked.ts';

export const messages = cliCommand({
  usage: 'usage messages',
  summary: 'Show the messages of each bot and channel, how quickly and how well they were answered',
  options: usageOptions,
  input: UsageInput,
  run: async ({ client }, input) => client.traces.messages(await usageAsked(client, input)),
  show: (found) =>
    `${table(
      ['bot', 'channel', 'received', 'sent', 'turns', 'failed', 'unanswered', 'half within', '95 % within'],
      found.items.map((use) => [
        botText(use),
        use.channel || '–',
        countText(use.received),
        countText(use.sent),
        countText(use.turns),
        failedText(use.failed, use.turns),
        countText(use.unanswered),
        tookText(use.p50Ms),
        tookText(use.p95Ms),
      ]),
      'No messages in that time.',
    )}\n\n${countedLine(found)}`,
});
