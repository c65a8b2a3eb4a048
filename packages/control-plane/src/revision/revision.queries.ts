import type { BotSpec } from '@clawster/contract/bot';
import type { Document } from '@clawster/contract/document';
import type { Actor } from '@clawster/contract/event';
import type { LayerRef } from '@clawster/contract/layer';
import type { Revision, RevisionCause, RevisionDetail } from '@clawster/contract/revision';
import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import { notFound, specOf } from '../bot/bot.queries.ts';
import { isVisible } from '../is-visible.ts';
import type { Tx } from '../transaction.ts';

const current = sql<boolean>`revision.number = (select max(newest.number) from revision as newest where newest.bot_id = revision.bot_id)`;

/** Revisions of a bot, without what they hold. */
export function selectRevisions(tx: Tx, botId: string) {
  return tx
    .selectFrom('revision')
    .select(['number', 'at', 'author', 'cause', 'reason', 'label', 'verdict', 'verdictReason'])
    .select(current.as('current'))
    .where('botId', '=', botId)
    .where(isVisible('revision'));
}
type RevisionRow = Awaited<ReturnType<ReturnType<typeof selectRevisions>['executeTakeFirstOrThrow']>>;

/** Refuses when there is no such bot among those the caller sees. */
export async function refuseUnknownBot(tx: Tx, botId: string): Promise<void> {
  const bot = await tx
    .selectFrom('bot')
    .select('id')
    .where('id', '=', botId)
    .where(isVisible('bot'))
    .executeTakeFirst();
  if (!bot) throw notFound();
}

/** One revision with all it holds; refuses when there is none of this number. */
export async function getRevision(tx: Tx, botId: string, number: number): Promise<RevisionDetail> {
  await refuseUnknownBot(tx, botId);
  const row = await selectRevisions(tx, botId)
    .select(['spec', 'layers', 'document', 'files'])
    .where('number', '=', number)
    .executeTakeFirst();
  if (!row) throw new Refusal('not-found', `This bot has no revision ${number}`);
  return {
    ...toRevision(row),
    spec: specOf(row.spec) satisfies BotSpec,
    layers: row.layers as LayerRef[],
    document: row.document as Document,
    files: row.files as Record<string, string>,
  };
}

export function toRevision({
  number,
  at,
  author,
  cause,
  reason,
  label,
  verdict,
  verdictReason,
  ...row
}: RevisionRow): Revision {
  return {
    number,
    at: at.toISOString(),
    author: author as Actor,
    cause: cause as RevisionCause,
    reason,
    ...(label === null ? {} : { label }),
    ...(verdict === null ? {} : { verdict: verdict as 'good' | 'bad' }),
    ...(verdictReason === null ? {} : { verdictReason }),
    current: row.current,
  };
}
