import type { Credential } from '@clawster/link/channel';
import { sql } from 'kysely';
import type { Tx } from '../transaction.ts';

/** Keeps which versions of which secrets a bot was given, how often and when last; in one statement. */
export async function recordAccess(
  tx: Tx,
  bot: { id: string; workspaceId: string },
  credentials: readonly Pick<Credential, 'secretId' | 'version'>[],
): Promise<void> {
  if (credentials.length === 0) return;
  // One secret may be behind several uses; a row is written once.
  const given = [...new Map(credentials.map((one) => [`${one.secretId} ${one.version}`, one])).values()];
  await tx
    .insertInto('secretAccess')
    .values(given.map(({ secretId, version }) => ({ secretId, version, botId: bot.id, workspaceId: bot.workspaceId })))
    .onConflict((conflict) =>
      conflict
        .columns(['secretId', 'version', 'botId'])
        .doUpdateSet({ lastAt: sql<Date>`now()`, count: sql<number>`secret_access.count + 1` }),
    )
    .execute();
}
