import { api } from '@clawster/contract/api';
import type { Secret } from '@clawster/contract/secret';
import { changesOf } from '@clawster/domain/audit/changes';
import { sql } from 'kysely';
import { command } from '../command.ts';
import { given } from '../given.ts';
import { unlessNameTaken } from '../unless-name-taken.ts';
import { getSecret } from './secret.queries.ts';

/** Changes what is known of a secret; its value is changed by a rotation alone. */
export const updateSecret = command(api.secrets.update, async ({ tx, record }, { secretId, expiresAt, ...changes }) => {
  const before = await getSecret(tx, secretId);
  await unlessNameTaken('secret', changes.name ?? '', () =>
    tx
      .updateTable('namedSecret')
      .set({ ...given(changes), updatedAt: sql<Date>`now()` })
      .where('id', '=', secretId)
      .execute(),
  );
  if (expiresAt !== undefined)
    await tx
      .updateTable('namedSecretVersion')
      .set({ expiresAt: expiresAt === null ? null : new Date(expiresAt) })
      .where('secretId', '=', secretId)
      .where('version', '=', before.version)
      .execute();
  const after = await getSecret(tx, secretId);
  await record({
    type: 'secret-updated',
    subjectId: secretId,
    subjectName: after.name,
    detail: changesOf(toldOf(before), toldOf(after)),
  });
  return after;
});

function toldOf({ name, note, expiresAt, rotateDays }: Secret) {
  return { name, note, expiresAt, rotateDays };
}
