import type { ChangeContext } from '../change.ts';

type Where = { teamId?: string; botId?: string; goalId?: string; taskId?: string };

/** Cancels what is open of these, and what it was passed on as. */
export async function cancelDelegations({ tx }: ChangeContext, where: Where, why: string): Promise<void> {
  let open = tx
    .updateTable('delegation')
    .set({ state: 'cancelled', reason: why, endedAt: new Date(), mustCancel: true })
    .where('endedAt', 'is', null);
  const { teamId, botId, goalId, taskId } = where;
  if (teamId) open = open.where('teamId', '=', teamId);
  if (botId) open = open.where((or) => or.or([or('toBotId', '=', botId), or('fromBotId', '=', botId)]));
  if (goalId) open = open.where('goalId', '=', goalId);
  if (taskId) open = open.where('taskId', '=', taskId);
  await open.execute();
}
