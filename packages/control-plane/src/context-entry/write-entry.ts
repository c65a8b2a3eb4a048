import type { Visibility } from '@clawster/contract/context-entry';
import { whyNotWrite } from '@clawster/domain/context-entry/why-not-write';
import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import type { ChangeContext } from '../change.ts';
import type { Tx } from '../transaction.ts';
import { type Author, type EntryRow, isKnown, selectEntries } from './context-entry.queries.ts';

/** So many versions of an entry are kept. */
const versionsMax = 100;

/** What is written; `text: null` says that there is nothing any more. */
export type Written = {
  workspaceId: string;
  teamId: string;
  key: string;
  text: string | null;
  author: Author;
  visibility: Visibility;
  untrusted: boolean;
  traceId?: string | undefined;
  expiresAt?: Date | undefined;
};

/** The newest version under a key, held with all the team knows until the transaction ends; undefined: there never was one. */
export async function lockEntry(
  tx: Tx,
  { teamId, key }: { teamId: string; key: string },
): Promise<EntryRow | undefined> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`context ${teamId}`}, 0))`.execute(tx);
  return selectEntries(tx)
    .where('teamId', '=', teamId)
    .where('key', '=', key)
    .where('isLatest', '=', true)
    .executeTakeFirst();
}

/** Refuses who wrote without having seen what somebody else wrote since. */
export function refuseStale(before: EntryRow | undefined, baseVersion: number): void {
  // Where nothing is known, whoever begins anew has seen all there is.
  const isNothing = !before || before.text === null || (before.expiresAt !== null && before.expiresAt <= new Date());
  if (isNothing && baseVersion === 0) return;
  const version = before?.version ?? 0;
  if (version === baseVersion) return;
  const who = before ? (before.author as Author).name : undefined;
  const what = who ? `${who} wrote version ${version} meanwhile` : 'There is no such entry any more';
  throw new Refusal('conflict', `${what}: read it again, and write what should be then`);
}

/** Writes another version on top of the one there was, and tells it; refuses what a team has no room for. */
export async function writeEntry(
  { tx, record }: ChangeContext,
  before: EntryRow | undefined,
  written: Written,
): Promise<EntryRow> {
  const { teamId, key, text } = written;
  if (text !== null) await refuseNoRoom(tx, before, { teamId, text });
  const version = (before?.version ?? 0) + 1;
  await tx
    .updateTable('contextEntry')
    .set({ isLatest: false })
    .where('teamId', '=', teamId)
    .where('key', '=', key)
    .where('isLatest', '=', true)
    .execute();
  await tx
    .insertInto('contextEntry')
    .values({ ...columnsOf(written), version, isLatest: true })
    .execute();
  await tx
    .deleteFrom('contextEntry')
    .where('teamId', '=', teamId)
    .where('key', '=', key)
    .where('version', '<=', version - versionsMax)
    .execute();
  const detail = { teamId, key, version, untrusted: written.untrusted, by: written.author.name };
  await record({
    type: text === null ? 'context-deleted' : 'context-written',
    subjectId: teamId,
    subjectName: key,
    detail,
  });
  const newest = selectEntries(tx).where('teamId', '=', teamId).where('key', '=', key).where('version', '=', version);
  return newest.executeTakeFirstOrThrow();
}

function columnsOf({ author, visibility, traceId, expiresAt, ...rest }: Written) {
  return {
    ...rest,
    author,
    visibility: sql<Record<string, unknown>>`${JSON.stringify(visibility)}::jsonb`,
    traceId: traceId ?? null,
    expiresAt: expiresAt ?? null,
  };
}

async function refuseNoRoom(
  tx: Tx,
  before: EntryRow | undefined,
  { teamId, text }: { teamId: string; text: string },
): Promise<void> {
  const size = await tx
    .selectFrom('contextEntry')
    .select([
      sql<number>`count(*)::int`.as('entries'),
      sql<number>`coalesce(sum(octet_length(text)), 0)::int`.as('bytes'),
    ])
    .where('teamId', '=', teamId)
    .where(isKnown)
    .executeTakeFirstOrThrow();
  const bytesBefore = Buffer.byteLength(before?.text ?? '');
  const isNew = before?.text == null;
  const reason = whyNotWrite(size, { bytes: Buffer.byteLength(text), bytesBefore, isNew });
  if (reason) throw new Refusal('refused', reason);
}
