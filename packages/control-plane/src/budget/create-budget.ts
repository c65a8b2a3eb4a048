import { randomUUID } from 'node:crypto';
import { api } from '@clawster/contract/api';
import { lockBot } from '../bot/bot.queries.ts';
import { command } from '../command.ts';
import { databaseNow } from '../database-now.ts';
import { lockTeam } from '../team/team.queries.ts';
import { unlessNameTaken } from '../unless-name-taken.ts';
import { getBudget } from './budget.queries.ts';
import { holdBots } from './hold-bots.ts';
import { columnsOf } from './scope.ts';
import { lockPeriod, startsOn } from './use.queries.ts';

/** Limits what bots spend in a period; what they have spent in the one it is counts. */
export const createBudget = command(api.budgets.create, async (context, input) => {
  const { tx, caller, record } = context;
  const { name, scope, channel, period, limitUsd, warnAt, hard } = input;
  const { botId, selector, teamId } = columnsOf(scope);
  if (botId) await lockBot(tx, botId);
  const id = randomUUID();
  const insert = async () => {
    // In the order of whoever changes members: layers, then the team.
    if (teamId) await lockTeam(tx, teamId);
    const row = { id, workspaceId: caller.workspaceId, name, botId, selector, teamId, period, limitUsd, warnAt, hard };
    await unlessNameTaken('budget', name, () =>
      tx
        .insertInto('budget')
        .values({ ...row, channel: channel ?? null })
        .execute(),
    );
  };
  if (hard) await holdBots(context, { id, name, scope, channel }, insert);
  else await insert();
  await lockPeriod(tx, { budgetId: id, startsOn: startsOn(period, await databaseNow(tx)) });
  const detail = { scope: scope ?? 'all', channel, period, limitUsd, warnAt, hard };
  await record({ type: 'budget-created', subjectId: id, subjectName: name, detail });
  return getBudget(tx, id);
});
