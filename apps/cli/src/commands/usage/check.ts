import type { CrossCheck } from '@clawster/contract/trace';
import { botText } from '../../activity-text.ts';
import { cliCommand } from '../../command.ts';
import { countText, table } from '../../output.ts';
import { countedLine, usageAsked, UsageInput, usageOptions } from './asked.ts';

export const check = cliCommand({
  usage: 'usage check',
  summary: 'Lay what the model gateway counted beside what OpenClaw says it used',
  options: usageOptions,
  input: UsageInput,
  run: async ({ client }, input) => client.traces.crossCheck(await usageAsked(client, input)),
  show: (found) =>
    `${table(
      ['bot', 'calls', 'in', 'out', "OpenClaw's calls", 'in', 'out', 'unused', 'unseen', 'dropped'],
      found.items.map((one) => [
        botText(one),
        ...sideOf(one.gateway),
        ...sideOf(one.openclaw),
        ...[one.unused, one.unseen, one.dropped].map(countText),
      ]),
      'No model was asked in that time.',
    )}\n\n${countedLine(found)} Unused: answers OpenClaw never used. Unseen: answers that never passed the model gateway. Dropped: let go on the bot's host for want of room.`,
});

function sideOf({ calls, inputTokens, outputTokens }: CrossCheck['gateway']): string[] {
  return [calls, inputTokens, outputTokens].map(countText);
}
