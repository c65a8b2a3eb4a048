import type { SkillDelivery } from '@clawster/link/supervisor-methods';
import { sql } from 'kysely';
import type { Tx } from '../transaction.ts';

/** The skills of these pins with their files, to be sent to a bot's host; held ones are left out, whatever names them. */
export async function skillsOf(tx: Tx, workspaceId: string, pins: readonly string[]): Promise<SkillDelivery[]> {
  if (pins.length === 0) return [];
  const rows = await tx
    .selectFrom('skill')
    .select(['name', 'digest', 'files'])
    .where('workspaceId', '=', workspaceId)
    .where('held', '=', false)
    .where(sql<boolean>`name || '@' || digest = any(${pins}::text[])`)
    .execute();
  return rows.map(({ name, digest, files }) => ({ name, digest, files: files as Record<string, string> }));
}
