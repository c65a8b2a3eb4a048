import { usdText } from '@clawster/domain/cost/money';
import { z } from 'zod';
import { sayScope, sayState } from '../../budget-text.ts';
import { cliCommand } from '../../command.ts';
import { allPages } from '../../find.ts';
import { table } from '../../output.ts';

export const list = cliCommand({
  usage: 'budget list',
  summary: 'List the budgets with what is spent of them',
  input: z.object({}),
  run: ({ client }) => allPages((cursor) => client.budgets.list({ limit: 200, cursor })),
  show: (budgets) =>
    table(
      ['name', 'for', 'each', 'limit', 'spent', 'reserved', 'at the limit', 'state'],
      budgets.map((budget) => [
        budget.name,
        sayScope(budget),
        budget.period,
        usdText(budget.use.limitUsd ?? budget.limitUsd),
        usdText(budget.use.spentUsd),
        usdText(budget.use.reservedUsd),
        budget.hard ? 'stops' : 'warns',
        sayState(budget),
      ]),
      'There are no budgets. Make one: clawster budget create <name> --period month --limit 100',
    ),
});
