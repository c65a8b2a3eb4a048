import { api } from '@clawster/contract/api';
import { sql } from 'kysely';
import { command } from '../command.ts';
import { changeStores } from '../configuration/change-stores.ts';
import { declineVersion } from '../secret/keep-looked.ts';
import { destroyVersions } from '../secret/secret-use.ts';
import { getSecret } from '../secret/secret.queries.ts';
import { openRotation } from './rotation.queries.ts';
import { secretBots } from './secret-bots.ts';

/**
 * Destroys a secret's values and takes them from every bot at once: its channels are shut, its model is asked no more. What
 * uses the secret stays, and works again with a new value.
 */
export const revokeSecret = command(api.rotations.revoke, async (context, { secretId, reason }) => {
  const { tx, record } = context;
  const { name, uses, version } = await getSecret(tx, secretId);
  const bots = (await secretBots(tx, secretId)).map(({ botId }) => botId);
  const open = await openRotation(tx, secretId);
  if (open)
    await tx
      .updateTable('rotation')
      .set({ phase: 'undone', reason: 'The secret was revoked', endedAt: sql<Date>`now()` })
      .where('id', '=', open.id)
      .execute();
  await declineVersion(tx, secretId, version);
  await changeStores(context, {
    cause: { kind: 'secret', id: secretId, name },
    reason,
    concerns: ({ id }) => bots.includes(id),
    write: () => destroyVersions(tx, secretId),
    told: true,
  });
  const detail = { reason, bots: bots.length, uses: uses.map((use) => use.name) };
  await record({ type: 'secret-revoked', subjectId: secretId, subjectName: name, detail });
  return { bots: bots.length };
});
