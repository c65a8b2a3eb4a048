import { warningDays } from '@clawster/domain/secret/due';
import { sql } from 'kysely';
import { change, keep } from '../change.ts';
import type { ControlPlane } from '../plane.ts';

const job = 'warn-of-due-secrets';

/** When a version is to be replaced, as `dueAtOf` says it: `greatest` takes what it knows, so an end that is unknown has none. */
const due = sql<Date | null>`least(current.created_at + make_interval(days => named_secret.rotate_days),
  case when current.expires_at is null then null
    else greatest(current.created_at, current.expires_at - make_interval(days => ${warningDays})) end)`;

/** Tells of each secret once a version of it is to be replaced: by its schedule, or because it ends soon. */
export async function warnOfDueSecrets(plane: ControlPlane): Promise<void> {
  const found = await keep(plane, (tx) =>
    tx
      .selectFrom('namedSecret')
      .innerJoin('namedSecretVersion as current', (join) =>
        join
          .onRef('current.secretId', '=', 'namedSecret.id')
          .onRef('current.version', '=', 'namedSecret.currentVersion'),
      )
      .select(['namedSecret.id', 'namedSecret.workspaceId', 'namedSecret.name', 'current.version', 'current.expiresAt'])
      .where('namedSecret.deletedAt', 'is', null)
      .where('current.revokedAt', 'is', null)
      .where(sql<boolean>`named_secret.warned_version is distinct from current.version`)
      .where(sql<boolean>`${due} <= now()`)
      .limit(200)
      .execute(),
  );
  for (const { id, workspaceId, name, version, expiresAt } of found)
    await change(plane, { workspaceId, job }, async ({ tx, record }) => {
      await tx.updateTable('namedSecret').set({ warnedVersion: version }).where('id', '=', id).execute();
      const detail = { version, ...(expiresAt ? { expiresAt: expiresAt.toISOString() } : {}) };
      await record({ type: 'secret-due', subjectId: id, subjectName: name, detail });
    });
}
