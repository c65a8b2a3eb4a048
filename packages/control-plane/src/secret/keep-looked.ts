import type { Actor } from '@clawster/contract/event';
import { Refusal } from '@clawster/domain/refusal';
import { isSamePlace, nextReadSeconds } from '@clawster/domain/secret/source';
import { sql } from 'kysely';
import { beginRotation, type RotationContext } from '../rotation/begin-rotation.ts';
import type { Tx } from '../transaction.ts';
import type { Looked } from './look-at-source.ts';
import { getSecret } from './secret.queries.ts';

/** Whether someone is to be told of it: the value is another, or there is another trouble than before, or none any more. */
export function isNews({ secret, found }: Looked): boolean {
  return found.is === 'follow' || secret.readTrouble !== troubleIn(found);
}

/** Keeps what was found and tells of it; another value begins a rotation by this author. `asked`: tells whatever was found. */
export async function takeOver(
  context: RotationContext,
  looked: Looked,
  { author, asked }: { author: Actor; asked: boolean },
): Promise<void> {
  const { workspaceId, secret, found } = looked;
  await keepLooked(context.tx, looked);
  const trouble = troubleIn(found);
  if (asked || secret.readTrouble !== trouble)
    await context.record({
      type: 'secret-source-read',
      subjectId: secret.id,
      subjectName: secret.name,
      detail: {
        ok: !trouble,
        message: trouble ?? (found.is === 'follow' ? 'It has another value' : 'It has the same value'),
      },
    });
  if (found.is !== 'follow') return;
  const { value, version: externalVersion } = found;
  const rotation = { workspaceId, secretId: secret.id, value, externalVersion, author };
  await beginRotation(context, { ...rotation, atOnce: false, revokeFormer: true });
}

/** Keeps when the source was read, what was wrong, and when it is read next; refuses when the secret is another one by now. */
export async function keepLooked(tx: Tx, { secret, reference, found }: Looked): Promise<void> {
  const { id } = secret;
  const before = await tx
    .selectFrom('namedSecret')
    .select('sourceFailures')
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow();
  const now = await getSecret(tx, id);
  if (!now.source || !isSamePlace(now.source, reference) || now.version !== secret.version)
    throw new Refusal('conflict', 'The secret was changed meanwhile: try again');
  const wasRead = found.is !== 'fail' || found.wasRead;
  const failures = wasRead ? 0 : before.sourceFailures + 1;
  await tx
    .updateTable('namedSecret')
    .set({
      sourceTrouble: troubleIn(found) ?? null,
      sourceFailures: failures,
      sourceDueAt: sql<Date>`now() + make_interval(secs => ${nextReadSeconds(failures, Math.random())})`,
      ...(wasRead ? { sourceReadAt: sql<Date>`now()` } : {}),
    })
    .where('id', '=', id)
    .execute();
  if (found.is === 'same') await noteExternalVersion(tx, { id, version: secret.version, external: found.version });
}

const troubleIn = (found: Looked['found']) => (found.is === 'fail' ? found.trouble : undefined);

/** The same value may have another version there by now: a field beside it was changed. */
async function noteExternalVersion(tx: Tx, of: { id: string; version: number; external: string }): Promise<void> {
  await tx
    .updateTable('namedSecretVersion')
    .set({ externalVersion: of.external })
    .where('secretId', '=', of.id)
    .where('version', '=', of.version)
    .execute();
}

/** Has a version that came from the secret's source not be followed again: it was undone or revoked here. */
export async function declineVersion(tx: Tx, secretId: string, version: number): Promise<void> {
  const external = sql<string | null>`coalesce((select external_version from named_secret_version
    where secret_id = ${secretId} and version = ${version}), source_declined)`;
  await tx.updateTable('namedSecret').set({ sourceDeclined: external }).where('id', '=', secretId).execute();
}
