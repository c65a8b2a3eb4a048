import { Refusal } from '@clawster/domain/refusal';
import type { ToolAnswer } from '../team/team-call.ts';
import { taskGiven } from './own-task.ts';
import { stepDelegation } from './step-delegation.ts';
import { takeResult } from './take-result.ts';

/** Takes a task back, with all that it was passed on as. */
export const answerCancelTask: ToolAnswer<'cancel_task'> = async (context, { task_id: id, reason }) => {
  const row = await taskGiven(context, id);
  const why = reason || `${context.caller.botName} took it back`;
  // Whoever takes it back need not be told that it is over.
  await takeResult(context.tx, { ...row, untrusted: false });
  const taken = { ...row, takenAt: new Date() };
  const stepped = await stepDelegation(context, taken, {
    happening: { kind: 'cancel' },
    why,
    by: context.caller.botName,
  });
  if (!stepped) throw new Refusal('refused', `This task is ${row.state} already`);
  return { text: `Task ${id} is cancelled, and all that it was passed on as.` };
};
