import { api } from '@clawster/contract/api';
import type { Document } from '@clawster/contract/document';
import type { RevisionDetail } from '@clawster/contract/revision';
import { changesBetween } from '@clawster/domain/config/changes-between';
import { query } from '../query.ts';
import type { Tx } from '../transaction.ts';
import { getRevision } from './revision.queries.ts';

/** What differs between two revisions of a bot: in what it was to be, and in what its layers came to. */
export const compareRevisions = query(api.revisions.compare, async ({ tx }, { botId, number, since }) => {
  const after = await getRevision(tx, botId, number);
  const earlier = since ?? (await numberBefore(tx, botId, number));
  if (earlier === undefined) return { changes: [] };
  const before = await getRevision(tx, botId, earlier);
  return { since: earlier, changes: changesBetween(comparable(before), comparable(after)) };
});

function comparable({ spec, document, files }: RevisionDetail): Document {
  // What the layers come to is shown once, as what it comes to.
  const { settings: _, desired: __, personality: ___, ...bot } = spec;
  return { bot, document, files } as unknown as Document;
}

async function numberBefore(tx: Tx, botId: string, number: number): Promise<number | undefined> {
  const row = await tx
    .selectFrom('revision')
    .select('number')
    .where('botId', '=', botId)
    .where('number', '<', number)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.number;
}
