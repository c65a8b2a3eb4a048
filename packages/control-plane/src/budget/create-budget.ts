import { randomUUID } from 'node:crypto';
import { api } from '@clawster/contract/api';
import { lockBot } from '../bot/bot.queries.ts';
import { command } from '../command.ts';
import { databaseNow } from '../database-now.ts';
import { unlessNameTaken } from '../unless-name-taken.ts';
import { getBudget } from './budget.queries.ts';
import { holdBots } from './hold-bots.ts';
import { lockPeriod, startsOn } from './use.queries.ts';

/** Limits what bots spend in a period; what they have spent in the one it is counts. */
export const createBudget = command(api.budgets.create, async (context, input) => {
  const { tx, caller, record } = context;
  const { name, scope, channel, period, limitUsd, warnAt, hard } = input;
  const botId = scope && 'botId' in scope ? scope.botId : null;
  if (botId) await lockBot(tx, botId);
  const id = randomUUID();
  const insert = () =>
    unlessNameTaken('budget', name, () =>
      tx
        .insertInto('budget')
        .values({
          id,
          workspaceId: caller.workspaceId,
          name,
          botId,
          selector: scope && 'labels' in scope ? scope.labels : null,
          channel: channel ?? null,
          period,
          limitUsd,
          warnAt,
          hard,
        })
        .execute(),
    ).then(() => undefined);
  if (hard) await holdBots(context, { id, name, scope, channel }, insert);
  else await insert();
  await lockPeriod(tx, { budgetId: id, startsOn: startsOn(period, await databaseNow(tx)) });
  const detail = { scope: scope ?? 'all', channel, period, limitUsd, warnAt, hard };
  await record({ type: 'budget-created', subjectId: id, subjectName: name, detail });
  return getBudget(tx, id);
});
