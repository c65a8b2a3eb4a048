import { isDeepStrictEqual } from 'node:util';
import type { InboxKind, InboxState } from '@clawster/contract/inbox';
import { whyNotDecide, type Wish } from '@clawster/domain/inbox/why-not-decide';
import { Refusal } from '@clawster/domain/refusal';
import type { Access } from '@clawster/domain/role/reach';
import { sql } from 'kysely';
import type { ChangeContext } from '../change.ts';
import type { ControlPlane } from '../plane.ts';
import { type DecidedBy, factsOf, getItem, type ItemRow, lockItem } from './inbox.queries.ts';
import { deciderOf } from './show-item.ts';
import { settlers } from './settlers.ts';

type Context = ChangeContext & { plane: ControlPlane };

/** Who decides, and what they may do at this moment. */
export type By = DecidedBy & { personId: string | undefined; access: Access };
export type Decision = { itemId: string; contentHash: string; wish: Wish; answer?: string; reason: string };

/**
 * Decides an item and carries it out, in this transaction: about exactly what the decider saw, by who may, and once.
 * The same decided again by the same is what was decided; a second decider is told who was first.
 */
export async function decide(context: Context, decision: Decision, by: By): Promise<ItemRow> {
  const row = await lockItem(context.tx, decision.itemId);
  if (isAgain(row, decision, by)) {
    await context.record(closedEvent(row, { again: true }));
    return row;
  }
  refuseUnlessFirst(row);
  const reason = whyNotDecide(factsOf(row), deciderOf(row, by.access, by.personId), decision.wish);
  if (reason) throw new Refusal('refused', reason);
  if (decision.contentHash !== row.contentHash)
    throw new Refusal('conflict', 'It is not what you looked at any more: look at it again, and decide then');
  return close(context, row, {
    ...decision,
    state: stateAfter(decision.wish),
    by: { actor: by.actor, name: by.name },
  });
}

function stateAfter(wish: Wish): 'approved' | 'refused' | 'answered' {
  if (wish === 'answer') return 'answered';
  return wish === 'refuse' ? 'refused' : 'approved';
}

/** An answer that got lost is asked for again. */
function isAgain(row: ItemRow, { wish, contentHash, answer }: Decision, by: DecidedBy): boolean {
  const before = row.decidedBy as DecidedBy | null;
  return (
    before !== null &&
    isDeepStrictEqual(before.actor, by.actor) &&
    row.state === stateAfter(wish) &&
    row.contentHash === contentHash &&
    row.answer === (answer ?? null)
  );
}

function refuseUnlessFirst({ state, decidedBy, decidedAt }: ItemRow): void {
  const by = decidedBy as DecidedBy | null;
  if (state === 'open' || !by) return;
  const at = decidedAt ? ` at ${decidedAt.toISOString().slice(0, 16).replace('T', ' ')} UTC` : '';
  throw new Refusal('conflict', `${by.name} was first: it was ${state}${at}`);
}

type Closing = {
  state: 'approved' | 'refused' | 'answered' | 'expired';
  wish?: Wish;
  answer?: string;
  reason: string;
  by: DecidedBy;
};

/** Closes an open item and carries out what follows of it. */
export async function close(context: Context, row: ItemRow, closing: Closing): Promise<ItemRow> {
  const { state, answer, reason, by } = closing;
  const kind = row.kind as InboxKind;
  await context.tx
    .updateTable('inboxItem')
    .set({
      state,
      answer: answer ?? null,
      reason: reason || null,
      decidedBy: sql`${JSON.stringify(by)}::jsonb`,
      decidedAt: sql<Date>`now()`,
      isSettled: !mustBeBrought(kind, state),
    })
    .where('id', '=', row.id)
    .where('state', '=', 'open')
    .execute();
  await settlers[kind]?.(context, {
    itemId: row.id,
    workspaceId: row.workspaceId,
    kind,
    subject: row.subject,
    ...(row.subjectId === null ? {} : { subjectId: row.subjectId }),
    ...(row.teamId === null ? {} : { teamId: row.teamId }),
    ...(row.botId === null ? {} : { botId: row.botId }),
    ...(row.session === null ? {} : { session: row.session }),
    contentHash: row.contentHash,
    state,
    isAlways: closing.wish === 'always',
    ...(answer === undefined ? {} : { answer }),
    reason,
    by: by.actor,
    byName: by.name,
  });
  const closed = await getItem(context.tx, row.id);
  await context.record(closedEvent(closed, closing.wish === 'always' ? { always: true } : {}));
  return closed;
}

/** What a bot asked is answered there, and it may be away. OpenClaw lets what expired go by itself. */
function mustBeBrought(kind: InboxKind, state: InboxState): boolean {
  return kind === 'question' || (kind === 'tool' && state !== 'expired');
}

function closedEvent(row: ItemRow, more: Record<string, unknown>) {
  const { id, title, kind, state, contentHash, reason } = row;
  const detail = { kind, state, contentHash, ...(reason ? { reason } : {}), ...more };
  return { type: 'inbox-closed' as const, subjectId: id, subjectName: title, detail };
}
