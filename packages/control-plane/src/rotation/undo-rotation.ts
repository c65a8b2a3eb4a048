import { api } from '@clawster/contract/api';
import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import { command } from '../command.ts';
import { declineVersion } from '../secret/keep-looked.ts';
import { destroyVersions } from '../secret/secret-use.ts';
import { getRotation } from './rotation.queries.ts';
import { tellBots } from '../bot/tell-bots.ts';

/** Gives every bot the former value back, and destroys the new one. */
export const undoRotation = command(api.rotations.undo, async ({ tx, record }, { rotationId }) => {
  await tx.selectFrom('rotation').select('id').where('id', '=', rotationId).forUpdate().execute();
  const { secretId, secretName, fromVersion, toVersion, endedAt } = await getRotation(tx, rotationId);
  if (endedAt) throw new Refusal('refused', 'This rotation has ended: begin another to change the value again');
  const reason = 'Undone: every bot has the former value again';
  await tx
    .updateTable('rotation')
    .set({ phase: 'undone', reason, endedAt: sql<Date>`now()` })
    .where('id', '=', rotationId)
    .execute();
  await tx.updateTable('namedSecret').set({ currentVersion: fromVersion }).where('id', '=', secretId).execute();
  await declineVersion(tx, secretId, toVersion);
  await destroyVersions(tx, secretId, [toVersion]);
  const given = await tx
    .selectFrom('rotationBot')
    .select('botId')
    .where('rotationId', '=', rotationId)
    .where('state', 'not in', ['waiting', 'gone'])
    .execute();
  await tellBots(
    tx,
    given.map(({ botId }) => botId),
  );
  const detail = { secretId, version: fromVersion, bots: given.length };
  await record({ type: 'rotation-undone', subjectId: rotationId, subjectName: secretName, detail });
  return getRotation(tx, rotationId);
});
