import type { Client } from '@clawster/client/client';
import { BudgetChannel, BudgetPeriod, type BudgetScope } from '@clawster/contract/budget';
import { labelsOf, Selector } from '@clawster/contract/label';
import { usdText } from '@clawster/domain/cost/money';
import { z } from 'zod';
import { sayScope, UsdOption, WarnOption } from '../../budget-text.ts';
import { cliCommand } from '../../command.ts';
import { CliRefusal, exitCodes } from '../../failure.ts';
import { findBot } from '../../find.ts';
import { findTeam } from '../team/find-team.ts';

export const create = cliCommand({
  usage: 'budget create <name>',
  summary: 'Limit what bots spend in a day, a week or a month, of UTC',
  options: [
    ['--limit <usd>', 'in US dollars'],
    ['--period <period>', 'day, week or month (month)'],
    ['--bot <bot>', 'of one bot'],
    ['--labels <labels>', 'of the bots with all of these labels, such as team=support'],
    ['--team <team>', 'of the bots of one team'],
    ['--channel <channel>', 'of one channel, such as telegram'],
    ['--warn <percentages>', 'where it is told (50,80,100)'],
    ['--soft', 'only warn, and stop nothing'],
  ],
  input: z.object({
    name: z.string(),
    limit: UsdOption,
    period: BudgetPeriod.default('month'),
    bot: z.string().optional(),
    labels: Selector.optional(),
    team: z.string().optional(),
    channel: BudgetChannel.optional(),
    warn: WarnOption.optional(),
    soft: z.boolean().default(false),
  }),
  async run({ client }, { name, limit: limitUsd, period, channel, warn: warnAt, soft, ...whose }) {
    const scope = await findScope(client, whose);
    return client.budgets.create({ name, limitUsd, period, scope, channel, warnAt, hard: !soft });
  },
  show: (budget) =>
    `The budget ${budget.name} holds: ${usdText(budget.limitUsd)} a ${budget.period} for ${sayScope(budget)}. ${usdText(budget.use.spentUsd)} are spent.`,
});

type Whose = { bot?: string; labels?: string; team?: string };

async function findScope(client: Client, { bot, labels, team }: Whose): Promise<BudgetScope | undefined> {
  if ([bot, labels, team].filter(Boolean).length > 1)
    throw new CliRefusal('Say one of --bot, --labels and --team.', exitCodes.usage);
  if (bot) return { botId: (await findBot(client, bot)).id };
  if (team) return { teamId: (await findTeam(client, team)).id };
  return labels ? { labels: labelsOf(labels) } : undefined;
}
