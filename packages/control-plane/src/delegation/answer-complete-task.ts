import { Artefact } from '@clawster/contract/delegation';
import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import { agreed } from '../team/agreed.ts';
import type { ToolAnswer } from '../team/team-call.ts';
import { taskWorkedAt } from './own-task.ts';
import { stepDelegation } from './step-delegation.ts';

/** Ends the task the bot works at, with its result or with what stood in its way. */
export const answerCompleteTask: ToolAnswer<'complete_task'> = async (context, { result, failed, artefacts = [] }) => {
  const row = await taskWorkedAt(context);
  const { botName, origin } = context.caller;
  const stepped = await stepDelegation(context, row, {
    happening: failed ? { kind: 'fail', isRetryable: false } : { kind: 'finish' },
    why: failed ? 'Its bot says that it cannot be done' : `${botName} handed it in`,
    by: botName,
    set: {
      result,
      artefacts: sql`${JSON.stringify(agreed(Artefact.array(), artefacts, 'artefacts'))}::jsonb`,
      untrusted: origin.untrusted,
    },
  });
  if (!stepped) throw new Refusal('refused', 'This task is over already');
  return { text: 'Handed in. There is nothing more to do for it.' };
};
