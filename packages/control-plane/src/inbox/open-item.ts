import { createHash } from 'node:crypto';
import type { InboxDecision, InboxKind } from '@clawster/contract/inbox';
import { sql } from 'kysely';
import type { ChangeContext } from '../change.ts';
import { addNotices } from '../notifier/add-notices.ts';

/** One part of what is decided about, as people see it. */
export type ItemPart = { label: string; text: string; untrusted: boolean };
export type NewItem = {
  workspaceId: string;
  kind: InboxKind;
  /** Names what it is about: of one thing one item is open. */
  subject: string;
  subjectId?: string;
  title: string;
  content: ItemPart[];
  decisions: InboxDecision[];
  isQuestion?: boolean;
  choices?: string[];
  teamId?: string;
  botId?: string;
  traceId?: string;
  /** The bot's conversation that waits for it. */
  session?: string;
  /** The person whose asking it comes of: they do not approve it themselves. */
  askedBy?: string;
  /** The person who set the goal it comes of: they leave it to somebody else where the team wants it so. */
  setBy?: string;
  expiresAt?: Date;
};

/** SHA-256 of exactly what is decided about. */
export function contentHashOf({
  kind,
  subject,
  title,
  content,
}: Pick<NewItem, 'kind' | 'subject' | 'title' | 'content'>): string {
  const parts = content.map(({ label, text, untrusted }) => [label, text, untrusted]);
  return createHash('sha256')
    .update(JSON.stringify([kind, subject, title, parts]))
    .digest('hex');
}

/** Puts something before people. One about the same thing that is still open is withdrawn: it was about something else by now. */
export async function openItem(context: ChangeContext, item: NewItem): Promise<{ id: string; contentHash: string }> {
  await withdrawItem(context, item, 'Something newer took its place');
  const contentHash = contentHashOf(item);
  const { id } = await context.tx
    .insertInto('inboxItem')
    .values({
      workspaceId: item.workspaceId,
      kind: item.kind,
      subject: item.subject,
      subjectId: item.subjectId ?? null,
      title: item.title,
      content: sql`${JSON.stringify(item.content)}::jsonb`,
      contentHash,
      decisions: item.decisions,
      choices: item.choices ?? [],
      isQuestion: item.isQuestion ?? false,
      teamId: item.teamId ?? null,
      botId: item.botId ?? null,
      traceId: item.traceId ?? null,
      session: item.session ?? null,
      askedBy: item.askedBy ?? null,
      setBy: item.setBy ?? null,
      expiresAt: item.expiresAt ?? null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await addNotices(context.tx, { ...item, id });
  await context.record({ type: 'inbox-opened', subjectId: id, subjectName: item.title, detail: { kind: item.kind } });
  return { id, contentHash };
}

/** Takes back what is open about something that is over or was changed; nothing happens where nothing is open. */
export async function withdrawItem(
  { tx, record }: ChangeContext,
  { workspaceId, kind, subject }: Pick<NewItem, 'workspaceId' | 'kind' | 'subject'>,
  why: string,
): Promise<void> {
  const gone = await tx
    .updateTable('inboxItem')
    .set({ state: 'withdrawn', reason: why, decidedAt: sql<Date>`now()`, isSettled: true })
    .where('workspaceId', '=', workspaceId)
    .where('kind', '=', kind)
    .where('subject', '=', subject)
    .where('state', '=', 'open')
    .returning(['id', 'title'])
    .executeTakeFirst();
  if (gone)
    await record({
      type: 'inbox-closed',
      subjectId: gone.id,
      subjectName: gone.title,
      detail: { state: 'withdrawn', why },
    });
}
