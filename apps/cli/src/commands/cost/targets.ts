import { usdText } from '@clawster/domain/cost/money';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { table } from '../../output.ts';

export const targets = cliCommand({
  usage: 'cost targets',
  summary: 'List what targets cost, and how it is known',
  input: z.object({}),
  run: async ({ client }) => (await client.costs.targets({})).items,
  show: (items) =>
    table(
      ['target', 'price an hour', 'imported days', 'this month', 'without bots'],
      items.map(({ name, prices: [latest], importedDays, monthUsd, idleUsd }) => [
        name,
        latest ? usdText(latest.usdPerHour) : 'not known',
        String(importedDays),
        usdText(monthUsd),
        usdText(idleUsd),
      ]),
      'There is nowhere to run bots yet.',
    ),
});
