import { usdText } from '@clawster/domain/cost/money';
import { z } from 'zod';
import { sayScope, sayState } from '../../budget-text.ts';
import { cliCommand } from '../../command.ts';
import { table } from '../../output.ts';
import { findBudget } from './find-budget.ts';

export const show = cliCommand({
  usage: 'budget show <budget>',
  summary: 'Show a budget, and what each bot has of it',
  input: z.object({ budget: z.string() }),
  run: async ({ client }, { budget }) => client.budgets.get({ budgetId: (await findBudget(client, budget)).id }),
  show: (budget) => {
    const { name, period, use, warnAt, shares } = budget;
    const limit = use.limitUsd === undefined ? 'no limit now' : `of ${usdText(use.limitUsd)}`;
    return [
      `${name}: ${usdText(use.spentUsd)} ${limit} this ${period}, ${usdText(use.reservedUsd)} reserved; ${sayState(budget)}`,
      `For ${sayScope(budget)}. Warns at ${warnAt.map((percent) => `${percent} %`).join(', ') || 'no percentage'}.`,
      ...(use.lift ? [`Lifted by ${use.lift.by}: ${use.lift.reason}`] : []),
      ...(shares.length > 0
        ? [
            table(
              ['bot', 'spent', 'reserved', 'refused since'],
              shares.map(({ botId, botName, spentUsd, reservedUsd, refusedAt }) => [
                botName ?? `${botId} (gone)`,
                usdText(spentUsd),
                usdText(reservedUsd),
                refusedAt ?? '',
              ]),
              '',
            ),
          ]
        : []),
    ].join('\n');
  },
});
