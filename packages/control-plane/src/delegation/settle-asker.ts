import { sessionKind } from '@clawster/domain/delegation/session';
import type { ControlPlane } from '../plane.ts';
import { callsWaiting, settleCalls } from '../team/settle-calls.ts';
import type { AskContext } from './ask.ts';
import type { DelegationRow } from './delegation-row.ts';
import { sayResult } from './say-result.ts';
import { keep } from '../change.ts';
import { takeResult, taintAsker } from './take-result.ts';
import { tellBot } from './tell-bot.ts';

/** Sees to it that whoever asked is told that it is over: a call that waits for it is answered; where none does, a turn tells it. */
export async function settleAsker(context: AskContext, over: DelegationRow): Promise<void> {
  const { fromBotId, fromSession } = over;
  if (!fromBotId || over.state === 'refused' || over.takenAt) return;
  const waiting = await callsWaiting(context.tx, over.id);
  if (waiting.length > 0) return context.later?.(() => settle(context.plane, over, waiting));
  if (fromSession) await queueTell(context, { ...over, fromBotId, fromSession });
}

/** Answers the calls that wait: the first host that takes it has the result. */
export async function settle(plane: ControlPlane, over: DelegationRow, calls: Calls): Promise<void> {
  await keep(plane, (tx) => taintAsker(tx, over));
  const answer = { text: sayResult(over), isError: over.state !== 'done' };
  await settleCalls(plane, calls, { ...answer, taken: (tx) => takeResult(tx, over) });
}
type Calls = Awaited<ReturnType<typeof callsWaiting>>;

/** In the conversation it was asked in, unless that is one of a task that is over itself. */
export async function queueTell(
  { tx }: Pick<AskContext, 'tx'>,
  over: DelegationRow & { fromBotId: string; fromSession: string },
): Promise<void> {
  const kind = sessionKind(over.fromSession);
  if (kind.kind === 'task') {
    const asking = await tx
      .selectFrom('delegation')
      .select('id')
      .where('id', '=', kind.delegationId)
      .where('endedAt', 'is', null)
      .executeTakeFirst();
    if (!asking) return;
  }
  await taintAsker(tx, over);
  const ending =
    kind.kind === 'task' ? '\n\nGo on with your task; when it is done, hand it in with complete_task.' : '';
  await tellBot(
    { tx },
    {
      workspaceId: over.workspaceId,
      botId: over.fromBotId,
      session: over.fromSession,
      id: `delegation:${over.id}`,
      message: `${sayResult(over)}${ending}`,
      delegationId: over.id,
    },
  );
}
