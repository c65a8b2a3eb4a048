import type { AskContext } from './ask.ts';
import { stepDelegation } from './step-delegation.ts';

type Where = { teamId?: string; botId?: string; goalId?: string; taskId?: string };

/** Cancels what is open of these, and what it was passed on as; turns that run are ended as soon as their hosts are reached. */
export async function cancelDelegations(context: AskContext, where: Where, why: string): Promise<void> {
  const { teamId, botId, goalId, taskId } = where;
  let open = context.tx.selectFrom('delegation').selectAll().where('endedAt', 'is', null);
  if (teamId) open = open.where('teamId', '=', teamId);
  if (botId) open = open.where((or) => or.or([or('toBotId', '=', botId), or('fromBotId', '=', botId)]));
  if (goalId) open = open.where('goalId', '=', goalId);
  if (taskId) open = open.where('taskId', '=', taskId);
  // What another of these was passed on as is cancelled with it: then there is no step to take.
  for (const row of await open.orderBy('hops').forUpdate().execute())
    await stepDelegation(context, row, { happening: { kind: 'cancel' }, why, by: 'team' });
}
