import type { InboxKind } from '@clawster/contract/inbox';
import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import { change } from '../change.ts';
import type { ControlPlane } from '../plane.ts';
import { systemQuery } from '../query.ts';
import type { Tx } from '../transaction.ts';
import { answerQuestions } from './answer-questions.ts';
import { bringAnswers } from './bring-answers.ts';
import { close } from './decide.ts';
import { lockItem } from './inbox.queries.ts';
import { withdrawItem } from './open-item.ts';

const job = 'watch-inbox';
const batchMax = 100;

/** Ends what nobody decided in time, and brings what was decided to the bots that asked. */
export async function watchInbox(plane: ControlPlane, signal: AbortSignal): Promise<void> {
  const due = await systemQuery(plane, (tx) =>
    tx
      .selectFrom('inboxItem')
      .select(['id', 'workspaceId', 'kind', 'subject'])
      .where('state', '=', 'open')
      .where('expiresAt', '<=', sql<Date>`now()`)
      .orderBy('expiresAt')
      .limit(batchMax)
      .execute(),
  );
  for (const item of due) if (!signal.aborted) await expire(plane, item);
  await answerQuestions(plane, signal);
  await bringAnswers(plane, signal);
}

type Due = { id: string; workspaceId: string; kind: string; subject: string };

async function expire(plane: ControlPlane, item: Due): Promise<void> {
  const { id, workspaceId } = item;
  try {
    await change(plane, { workspaceId, job }, async (context) => {
      const row = await lockItem(context.tx, id);
      if (row.state !== 'open') throw new Refusal('conflict', 'Somebody decided it at the last moment');
      const by = { actor: { kind: 'system', job } as const, name: 'Clawster' };
      await close({ ...context, plane }, row, { state: 'expired', reason: 'Nobody decided in time', by });
    });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    await withdrawIfOpen(plane, item, error.message);
  }
}

/** What it was about went another way meanwhile: nobody is left with it. */
async function withdrawIfOpen(plane: ControlPlane, { id, ...item }: Due, why: string): Promise<void> {
  const isOpen = (tx: Tx) =>
    tx.selectFrom('inboxItem').select('id').where('id', '=', id).where('state', '=', 'open').executeTakeFirst();
  if (!(await systemQuery(plane, isOpen))) return;
  const kind = item.kind as InboxKind;
  await change(plane, { workspaceId: item.workspaceId, job }, (context) =>
    withdrawItem(context, { ...item, kind }, why),
  );
}
