import { sessionKind } from '@clawster/domain/delegation/session';
import { Refusal } from '@clawster/domain/refusal';
import type { ToolContext } from '../team/team-call.ts';

/**
 * Keeps the task or goal that is worked at from ending until this call is carried out: whoever ends it afterwards finds what
 * was asked here, and for what has just ended nothing is begun any more.
 */
export async function holdAbove({ tx, caller: { workingAt, session } }: ToolContext): Promise<void> {
  const kind = sessionKind(session);
  const held =
    kind.kind === 'goal'
      ? await tx.selectFrom('goal').select('endedAt').where('id', '=', kind.goalId).forShare().executeTakeFirst()
      : workingAt &&
        (await tx
          .selectFrom('delegation')
          .select('endedAt')
          .where('id', '=', workingAt.id)
          .forShare()
          .executeTakeFirst());
  if (held?.endedAt) throw new Refusal('refused', 'What this conversation is about is over');
}
