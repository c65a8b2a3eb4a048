import { api } from '@clawster/contract/api';
import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import { command } from '../command.ts';
import { getRotation } from './rotation.queries.ts';
import { tellBots } from '../bot/tell-bots.ts';

/** Goes on with a rotation that was halted: bots that are stuck are given the value once more, or are set aside. */
export const resumeRotation = command(api.rotations.resume, async ({ tx, record }, { rotationId, stuck: what }) => {
  await tx.selectFrom('rotation').select('id').where('id', '=', rotationId).forUpdate().execute();
  const { phase, secretName, stuck } = await getRotation(tx, rotationId);
  if (phase !== 'halted') throw new Refusal('refused', 'This rotation is not halted: there is nothing to decide');
  const update = tx
    .updateTable('rotationBot')
    .where('rotationId', '=', rotationId)
    .where('state', '=', 'stuck')
    .where('setAside', '=', false);
  if (what === 'set-aside') await update.set({ setAside: true, at: sql<Date>`now()` }).execute();
  else {
    const again = await update
      .set({
        state: 'given',
        text: 'Tried once more',
        givenAt: sql<Date>`now()`,
        at: sql<Date>`now()`,
        judgedProof: sql`(select proof from secret_access join rotation on rotation.secret_id = secret_access.secret_id
          and rotation.to_version = secret_access.version
          where rotation.id = rotation_bot.rotation_id and secret_access.bot_id = rotation_bot.bot_id)`,
      })
      .returning('botId')
      .execute();
    await tellBots(
      tx,
      again.map(({ botId }) => botId),
    );
  }
  const reason = 'Someone decided to go on';
  await tx.updateTable('rotation').set({ phase: 'running', reason }).where('id', '=', rotationId).execute();
  await record({
    type: 'rotation-resumed',
    subjectId: rotationId,
    subjectName: secretName,
    detail: { stuck: what, bots: stuck },
  });
  return getRotation(tx, rotationId);
});
