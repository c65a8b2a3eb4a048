import { Refusal } from '@clawster/domain/refusal';
import type { TeamAnswer } from '@clawster/link/team';
import { sql } from 'kysely';
import { keep } from '../change.ts';
import { heardLink, refuseUnlessActing } from '../link/heard-link.ts';
import type { OpenLink } from '../link/open-link.ts';
import type { ControlPlane } from '../plane.ts';
import type { Tx } from '../transaction.ts';
import { type Awaited, awaited } from './awaited.ts';

type Place = { botId: string; callId: string };

/** What has come of a call by now. Without `waitMs` it is final: what comes later, the bot is told by a turn. */
export function awaitCall(plane: ControlPlane, link: OpenLink, { callId }: { callId: string }): Promise<TeamAnswer> {
  return keep(plane, async (tx) => {
    await refuseUnlessActing(tx, link);
    return finalAnswer(tx, { botId: link.botId, callId });
  });
}

/** Nobody waits for a call's answer any more: what comes of it is told by a turn. */
export async function dropCall(
  plane: ControlPlane,
  link: OpenLink,
  { callId }: { callId: string },
): Promise<Record<string, never>> {
  await keep(plane, async (tx) => {
    await heardLink(tx, link);
    await stopWaiting(tx, { botId: link.botId, callId });
  });
  return {};
}

/** The answer of a call that was made, with what it waits for, where that is over. */
export async function finalAnswer(tx: Tx, place: Place): Promise<TeamAnswer> {
  const call = await tx
    .selectFrom('teamCall')
    .select(['answer', 'waitsFor'])
    .select(sql<number>`coalesce(extract(epoch from until - now()) * 1000, 0)::float8`.as('leftMs'))
    .where('botId', '=', place.botId)
    .where('callId', '=', place.callId)
    .executeTakeFirst();
  if (!call) throw new Refusal('not-found', 'There was no such call');
  const answer = (call.answer ?? { text: '', isError: false }) as Awaited;
  if (!call.waitsFor) return answer;
  for (const find of awaited) {
    const found = await find(tx, call.waitsFor);
    if (!found) continue;
    await tx
      .updateTable('teamCall')
      .set({ answer: found, waitsFor: null, until: null })
      .where('botId', '=', place.botId)
      .where('callId', '=', place.callId)
      .execute();
    return found;
  }
  if (call.leftMs > 0) return { ...answer, waitMs: Math.ceil(call.leftMs) };
  await stopWaiting(tx, place);
  return answer;
}

async function stopWaiting(tx: Tx, { botId, callId }: Place): Promise<void> {
  const call = await tx
    .updateTable('teamCall')
    .set({ waitsFor: null, until: null })
    .where('botId', '=', botId)
    .where('callId', '=', callId)
    .where('waitsFor', 'is not', null)
    .returning(
      sql<string | null>`(select waits_for from team_call where bot_id = ${botId}::uuid and call_id = ${callId})`.as(
        'waitsFor',
      ),
    )
    .executeTakeFirst();
  // Whatever is over by now is told: the loop looks at once.
  if (call?.waitsFor)
    await tx
      .updateTable('delegation')
      .set({ dueAt: sql<Date>`now()` })
      .where('id', '=', call.waitsFor)
      .where('endedAt', 'is not', null)
      .where('takenAt', 'is', null)
      .execute();
}
