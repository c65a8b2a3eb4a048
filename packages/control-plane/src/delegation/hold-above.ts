import { Refusal } from '@clawster/domain/refusal';
import type { ToolContext } from '../team/team-call.ts';

/**
 * Keeps the task or goal that is worked at from ending until this call is carried out: whoever ends it afterwards finds what
 * was asked here, and for what has just ended nothing is begun any more.
 */
export async function holdAbove({ tx, caller: { workingAt, goalId } }: ToolContext): Promise<void> {
  const id = workingAt?.id ?? goalId;
  if (id === undefined) return;
  const above = await tx
    .selectFrom(workingAt ? 'delegation' : 'goal')
    .select('endedAt')
    .where('id', '=', id)
    .forShare()
    .executeTakeFirst();
  if (above?.endedAt) throw new Refusal('refused', 'What this conversation is about is over');
}
