import { usdText } from '@clawster/domain/cost/money';
import { z } from 'zod';
import { UsdOption, WarnOption } from '../../budget-text.ts';
import { cliCommand } from '../../command.ts';
import { CliRefusal, exitCodes } from '../../failure.ts';
import { findBudget } from './find-budget.ts';

export const update = cliCommand({
  usage: 'budget update <budget>',
  summary: 'Change a budget; its bots are held to it within seconds',
  options: [
    ['--name <name>', 'another name'],
    ['--limit <usd>', 'in US dollars'],
    ['--warn <percentages>', 'where it is told, such as 50,80,100; never: nowhere'],
    ['--soft', 'only warn'],
    ['--hard', 'stop its bots at the limit'],
  ],
  input: z.object({
    budget: z.string(),
    name: z.string().optional(),
    limit: UsdOption.optional(),
    warn: WarnOption.optional(),
    soft: z.boolean().default(false),
    hard: z.boolean().default(false),
  }),
  async run({ client }, { budget, name, limit: limitUsd, warn: warnAt, soft, hard }) {
    if (soft && hard) throw new CliRefusal('Say --soft or --hard, not both.', exitCodes.usage);
    const changes = { name, limitUsd, warnAt, hard: soft || hard ? hard : undefined };
    if (Object.values(changes).every((value) => value === undefined))
      throw new CliRefusal('Name what to change, see --help.', exitCodes.usage);
    const { id: budgetId } = await findBudget(client, budget);
    return client.budgets.update({ budgetId, ...changes });
  },
  show: ({ name, limitUsd, period, hard }) =>
    `The budget ${name} is changed: ${usdText(limitUsd)} a ${period}, and it ${hard ? 'stops its bots there' : 'only warns'}.`,
});
