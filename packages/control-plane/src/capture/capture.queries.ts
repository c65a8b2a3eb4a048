import { type CapturePolicy, captureUsual } from '@clawster/contract/capture';
import { sql } from 'kysely';
import type { Tx } from '../transaction.ts';

/** How much of conversations a workspace keeps; what it never set is the usual. */
export async function findPolicy(tx: Tx, workspaceId: string): Promise<CapturePolicy> {
  const row = await tx
    .selectFrom('capturePolicy')
    .select(['mode', 'keepDays', 'people'])
    .where('workspaceId', '=', workspaceId)
    .executeTakeFirst();
  return (row as CapturePolicy | undefined) ?? captureUsual;
}

/** All bots of a workspace that there are, with whether they keep to its mode. */
export async function botsUnder(tx: Tx, workspaceId: string): Promise<{ id: string; inherits: boolean }[]> {
  return tx
    .selectFrom('bot')
    .select('id')
    .select(sql<boolean>`coalesce(spec->>'capture', 'inherit') = 'inherit'`.as('inherits'))
    .where('workspaceId', '=', workspaceId)
    .where(sql<boolean>`spec->>'desired' <> 'destroyed'`)
    .execute();
}

/** As it is told: with how many bots keep to its mode. */
export async function toldPolicy(tx: Tx, workspaceId: string) {
  const bots = await botsUnder(tx, workspaceId);
  return { ...(await findPolicy(tx, workspaceId)), bots: bots.filter(({ inherits }) => inherits).length };
}
