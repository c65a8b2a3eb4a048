import type { InboxDecision, InboxItem, InboxKind, InboxState } from '@clawster/contract/inbox';
import type { Actor } from '@clawster/contract/event';
import type { Labels } from '@clawster/contract/label';
import type { ItemFacts } from '@clawster/domain/inbox/why-not-decide';
import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import { isVisible } from '../is-visible.ts';
import type { Tx } from '../transaction.ts';
import { hasOtherDecider, isForAnother } from './is-for-another.ts';
import type { ItemPart } from './open-item.ts';

/** Whose decision is kept, and how they are called. */
export type DecidedBy = { actor: Actor; name: string };

/** Items of the transaction's workspace, with the names of what they are about. */
export function selectItems(tx: Pick<Tx, 'selectFrom'>) {
  return tx
    .selectFrom('inboxItem')
    .leftJoin('team', 'team.id', 'inboxItem.teamId')
    .leftJoin('bot', 'bot.id', 'inboxItem.botId')
    .leftJoin('person as assignee', 'assignee.id', 'inboxItem.assigneeId')
    .selectAll('inboxItem')
    .select([
      'team.name as teamName',
      'bot.name as botName',
      'bot.labels as botLabels',
      'assignee.name as assigneeName',
    ])
    .select(sql<boolean>`coalesce(inbox_item.expires_at <= now(), false)`.as('isExpired'))
    .where(isVisible('inboxItem'));
}
export type StoredRow = Awaited<ReturnType<ReturnType<typeof selectItems>['executeTakeFirstOrThrow']>>;
/** `isForAnother`: whoever set the goal it comes of leaves it to somebody else. `isAlone`: nobody may decide it but who asked. */
export type ItemRow = StoredRow & { isForAnother: boolean; isAlone: boolean };

/** Refuses when there is none with this id in the transaction's workspace. */
export async function getItem(tx: Tx, itemId: string): Promise<ItemRow> {
  const row = await selectItems(tx).where('inboxItem.id', '=', itemId).executeTakeFirst();
  if (!row) throw new Refusal('not-found', 'There is no such item in the inbox of this workspace');
  const { workspaceId, teamId, setBy, askedBy } = row;
  if (row.state !== 'open') return { ...row, isForAnother: false, isAlone: false };
  const about = { workspaceId, teamId, bot: botOf(row) };
  return {
    ...row,
    isForAnother: setBy !== null && (await isForAnother(tx, { ...about, personId: setBy })),
    isAlone: askedBy !== null && !(await hasOtherDecider(tx, { ...about, personId: askedBy })),
  };
}

/** The same, held until the transaction ends: of two who decide at once, the second sees what the first decided. */
export async function lockItem(tx: Tx, itemId: string): Promise<ItemRow> {
  await tx
    .selectFrom('inboxItem')
    .select('id')
    .where('id', '=', itemId)
    .where(isVisible('inboxItem'))
    .forUpdate()
    .execute();
  return getItem(tx, itemId);
}

/** An item as it is listed; `reads`: what was written may be told. */
export function toItem(row: StoredRow, reads: boolean): InboxItem {
  return {
    id: row.id,
    kind: row.kind as InboxKind,
    state: row.state as InboxState,
    title: reads && row.kind === 'question' ? `${row.title}: ${questionOf(row)}` : row.title,
    decisions: row.decisions as InboxDecision[],
    isQuestion: row.isQuestion,
    choices: row.choices,
    contentHash: row.contentHash,
    createdAt: row.createdAt.toISOString(),
    ...subjectOf(row),
    ...outcomeOf(row),
  };
}

const lineCharactersMax = 140;

/** The first line of what a bot asks. */
export function questionOf(row: Pick<StoredRow, 'content'>): string {
  return contentOf(row)[0]?.text.split('\n', 1)[0]?.slice(0, lineCharactersMax) ?? '';
}

function subjectOf(row: StoredRow): Partial<InboxItem> {
  const { teamId, teamName, botId, botName, subjectId, traceId } = row;
  const assignee = assigneeOf(row);
  return {
    ...(teamId === null ? {} : { teamId, teamName: teamName ?? '' }),
    ...(botId === null ? {} : { botId, botName: botName ?? '' }),
    ...(subjectId === null ? {} : { subjectId }),
    ...(traceId === null ? {} : { traceId }),
    ...(assignee ? { assignee } : {}),
  };
}

function outcomeOf({ expiresAt, decidedAt, decidedBy, reason }: StoredRow): Partial<InboxItem> {
  const by = decidedBy as DecidedBy | null;
  return {
    ...(expiresAt ? { expiresAt: expiresAt.toISOString() } : {}),
    ...(decidedAt ? { decidedAt: decidedAt.toISOString() } : {}),
    ...(by ? { decidedBy: by.name } : {}),
    ...(reason ? { reason } : {}),
  };
}

function assigneeOf({ assigneeId, assigneeName }: StoredRow): InboxItem['assignee'] {
  return assigneeId === null ? undefined : { id: assigneeId, name: assigneeName ?? '' };
}

/** What of an item says who may decide it. */
export function factsOf(row: ItemRow): ItemFacts {
  return {
    kind: row.kind as InboxKind,
    state: row.state as InboxState,
    isExpired: row.state === 'open' && row.isExpired,
    decisions: row.decisions as InboxDecision[],
    isQuestion: row.isQuestion,
    askedBy: (!row.isAlone && row.askedBy) || undefined,
    setBy: (row.isForAnother && row.setBy) || undefined,
    assignee: assigneeOf(row),
  };
}

/** The bot an item is about, as far as it says who may read of it; undefined where it is about none. */
export function botOf({ botId, botLabels }: StoredRow): { id: string; labels: Labels } | undefined {
  return botId === null ? undefined : { id: botId, labels: (botLabels ?? {}) as Labels };
}

export function contentOf({ content }: Pick<StoredRow, 'content'>): ItemPart[] {
  return content as ItemPart[];
}
