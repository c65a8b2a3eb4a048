import type { Runtime } from '@clawster/contract/runtime';
import { recommendedVersion } from '@clawster/runtime/versions';
import { sql } from 'kysely';
import type { Tx } from '../transaction.ts';

/** Versions with how far they are installed, by what the loop last wrote. */
export async function getRuntimes(tx: Tx, versions: readonly string[]): Promise<Runtime[]> {
  const rows = await tx
    .selectFrom('runtime')
    .selectAll()
    .where('version', 'in', [...versions])
    .execute();
  const counts = await tx
    .selectFrom('bot')
    .select([sql<string>`spec->>'runtimeVersion'`.as('version'), sql<number>`count(*)`.as('bots')])
    .where(sql<boolean>`spec->>'desired' <> 'destroyed'`)
    .groupBy('version')
    .execute();
  return versions.map((version) => {
    const row = rows.find((one) => one.version === version);
    return {
      version,
      recommended: version === recommendedVersion,
      botCount: counts.find((one) => one.version === version)?.bots ?? 0,
      phase: (row?.phase ?? 'absent') as Runtime['phase'],
      message: row?.message ?? 'Installed when a bot first needs it',
      ...(row ? { since: row.since.toISOString() } : {}),
      ...(row?.phase === 'installing' && row.progress !== null ? { progress: row.progress } : {}),
    };
  });
}
