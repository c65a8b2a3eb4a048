import { usdText } from '@clawster/domain/cost/money';
import { z } from 'zod';
import { UsdOption } from '../../budget-text.ts';
import { cliCommand } from '../../command.ts';
import { CliRefusal, exitCodes } from '../../failure.ts';
import { Hours } from '../overlay/hours.ts';
import { findBudget } from './find-budget.ts';

export const lift = cliCommand({
  usage: 'budget lift <budget>',
  summary: 'Let the bots of a budget spend more in this period, with a reason; or let the limit hold again',
  options: [
    ['--by <usd>', 'so much more in this period'],
    ['--hours <number>', 'no limit for so long'],
    ['--reason <text>', 'why; it is kept in the audit trail'],
    ['--end', 'let the limit hold again as it stands'],
  ],
  input: z.object({
    budget: z.string(),
    by: UsdOption.optional(),
    hours: Hours.optional(),
    reason: z.string().optional(),
    end: z.boolean().default(false),
  }),
  async run({ client }, { budget, by: usd, hours: until, reason, end }) {
    if ([usd !== undefined, until !== undefined, end].filter(Boolean).length !== 1)
      throw new CliRefusal('Say one of --by, --hours and --end.', exitCodes.usage);
    if (!end && !reason) throw new CliRefusal('Say why with --reason.', exitCodes.usage);
    const { id: budgetId } = await findBudget(client, budget);
    return end
      ? client.budgets.endLift({ budgetId })
      : client.budgets.lift({ budgetId, usd, until, reason: reason ?? '' });
  },
  show({ name, use: { lift: lifted, limitUsd } }) {
    if (!lifted) return `The budget ${name} holds again: ${usdText(limitUsd ?? 0)}.`;
    return lifted.until
      ? `The budget ${name} has no limit until ${lifted.until}.`
      : `The budget ${name} is lifted to ${usdText(limitUsd ?? 0)} in this period.`;
  },
});
