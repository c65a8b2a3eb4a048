import { sql } from 'kysely';
import type { ToolAnswer } from '../team/team-call.ts';
import { taskWorkedAt } from './own-task.ts';

/** Remembers how far the task is that the bot works at. */
export const answerReportProgress: ToolAnswer<'report_progress'> = async (context, { text, percent }) => {
  const { id } = await taskWorkedAt(context);
  const { untrusted } = context.caller.origin;
  const progress = { text, at: new Date().toISOString(), ...(percent === undefined ? {} : { percent }) };
  await context.tx
    .updateTable('delegation')
    // Whoever asked reads it: what people outside had a hand in says so from now on.
    .set({ progress, untrusted })
    .where('id', '=', id)
    .where('endedAt', 'is', sql<null>`null`)
    .execute();
  return { text: 'Noted.' };
};
