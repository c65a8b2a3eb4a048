import { keep } from '../change.ts';
import { tellBot } from '../delegation/tell-bot.ts';
import type { ControlPlane } from '../plane.ts';
import { systemQuery } from '../query.ts';
import { callsWaiting, settleCalls } from '../team/settle-calls.ts';
import type { Tx } from '../transaction.ts';
import { type DecidedBy, type ItemRow, questionOf } from './inbox.queries.ts';

const batchMax = 50;

/** Gives bots the answers to what they asked: to the call that waits, or by a turn in the same conversation; once. */
export async function answerQuestions(plane: ControlPlane, signal: AbortSignal): Promise<void> {
  const answered = await systemQuery(plane, (tx) =>
    unsettled(tx).select('inboxItem.id').orderBy('decidedAt').limit(batchMax).execute(),
  );
  if (signal.aborted) return;
  await Promise.all(answered.map(({ id }) => answer(plane, id)));
}

function unsettled(tx: Pick<Tx, 'selectFrom'>) {
  return tx
    .selectFrom('inboxItem')
    .where('kind', '=', 'question')
    .where('state', 'in', ['answered', 'expired'])
    .where('isSettled', '=', false);
}

async function answer(plane: ControlPlane, itemId: string): Promise<void> {
  const calls = await systemQuery(plane, (tx) => callsWaiting(tx, itemId));
  if (calls.length === 0) return keep(plane, (tx) => tellByTurn(tx, itemId));
  const told = await systemQuery(plane, (tx) => unsettled(tx).selectAll().where('id', '=', itemId).executeTakeFirst());
  if (!told) return;
  await settleCalls(plane, calls, {
    text: sayAnswer(told),
    isError: false,
    taken: (tx) => takeAnswer(tx, itemId),
  });
}

async function tellByTurn(tx: Tx, itemId: string): Promise<void> {
  const row = await takeAnswer(tx, itemId);
  if (!row?.botId || row.session === null) return;
  const { workspaceId, botId, session } = row;
  await tellBot({ tx }, { workspaceId, botId, session, id: `item:${itemId}`, message: sayAnswer(row) });
}

/** What a person said to a question, for whoever takes it first; undefined where it is not over, or was taken. */
export function takeAnswer(tx: Tx, itemId: string) {
  return tx
    .updateTable('inboxItem')
    .set({ isSettled: true })
    .where('id', 'in', unsettled(tx).select('inboxItem.id').where('id', '=', itemId).forUpdate())
    .returningAll()
    .executeTakeFirst();
}

/** What the bot is told. */
export function sayAnswer(row: Pick<ItemRow, 'answer' | 'decidedBy' | 'content'>): string {
  if (row.answer === null)
    return `Nobody answered in time (${questionOf(row)}). Go on without, or say what you cannot do.`;
  return `${(row.decidedBy as DecidedBy | null)?.name ?? 'A person'} answered your question: ${row.answer}`;
}
