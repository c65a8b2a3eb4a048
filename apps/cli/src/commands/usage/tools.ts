import { z } from 'zod';
import { botText, tookText } from '../../activity-text.ts';
import { cliCommand } from '../../command.ts';
import { countText, table } from '../../output.ts';
import { countedLine, failedText, usageAsked, UsageInput, usageOptions } from './asked.ts';

export const tools = cliCommand({
  usage: 'usage tools',
  summary: 'Show how bots use their tools, and how well it goes',
  options: [...usageOptions, ['--tool <tool>', 'only this tool']],
  input: UsageInput.extend({ tool: z.string().optional() }),
  run: async ({ client }, { tool, ...input }) => client.traces.tools({ tool, ...(await usageAsked(client, input)) }),
  show: (found) =>
    `${table(
      ['bot', 'tool', 'uses', 'failed', 'half within', '95 % within'],
      found.items.map((use) => [
        botText(use),
        use.tool,
        countText(use.uses),
        failedText(use.failed, use.uses),
        tookText(use.p50Ms),
        tookText(use.p95Ms),
      ]),
      'No tool was used in that time.',
    )}\n\n${countedLine(found)}`,
});
