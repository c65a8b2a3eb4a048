import type { BotStatus } from '@clawster/contract/bot';
import type { RotationBotState } from '@clawster/contract/rotation';
import { type ProofSeen, rotationStateOf } from '@clawster/domain/rotation/bot-state';
import type { RotationBotFacts } from '@clawster/domain/rotation/plan';
import { sql } from 'kysely';
import { databaseNow } from '../database-now.ts';
import type { Tx } from '../transaction.ts';

type Rotation = { id: string; secretId: string; toVersion: number };

/** Where the bots of a rotation are by what they told meanwhile; what changed is kept, in a statement for all of them. */
export async function lookAtBots(tx: Tx, rotation: Rotation): Promise<RotationBotFacts[]> {
  const now = await databaseNow(tx);
  const looked = (await readBots(tx, rotation)).map((row) => {
    const state = row.state as RotationBotState;
    const seen = rotationStateOf(
      {
        state,
        text: row.text,
        givenAt: row.givenAt ?? undefined,
        proof: (row.proof ?? undefined) as ProofSeen | undefined,
        isUsing: row.isUsing,
        isRunning: row.desired !== 'stopped' && row.desired !== 'destroyed',
        reason: (row.status as BotStatus).reason,
      },
      now,
    );
    return { ...row, before: { state, text: row.text }, ...seen };
  });
  const changed = looked.filter(({ before, state, text }) => before.state !== state || before.text !== text);
  await writeStates(tx, rotation.id, changed);
  return looked.map(({ name, wave, state, setAside }) => ({ name, wave, state, setAside }));
}

function readBots(tx: Tx, { id, secretId, toVersion }: Rotation) {
  return tx
    .selectFrom('rotationBot as one')
    .innerJoin('bot', 'bot.id', 'one.botId')
    .leftJoin('secretAccess as access', (join) =>
      join
        .onRef('access.botId', '=', 'one.botId')
        .on('access.secretId', '=', secretId)
        .on('access.version', '=', toVersion),
    )
    .select(['one.botId', 'bot.name', 'one.wave', 'one.state', 'one.text', 'one.setAside', 'one.givenAt', 'bot.status'])
    .select(sql<string>`bot.spec->>'desired'`.as('desired'))
    .select(sql<unknown>`case when access.proof is distinct from one.judged_proof then access.proof end`.as('proof'))
    .select(
      sql<boolean>`exists (select from secret_bot where secret_bot.secret_id = ${secretId} and secret_bot.bot_id = one.bot_id)`.as(
        'isUsing',
      ),
    )
    .where('one.rotationId', '=', id)
    .orderBy('one.wave')
    .orderBy('bot.name')
    .execute();
}

async function writeStates(
  tx: Tx,
  rotationId: string,
  changed: readonly { botId: string; state: string; text: string }[],
): Promise<void> {
  if (changed.length === 0) return;
  const told = JSON.stringify(changed.map(({ botId, state, text }) => ({ bot_id: botId, state, text })));
  await sql`update rotation_bot set state = told.state, text = told.text, at = now()
    from jsonb_to_recordset(${told}::jsonb) as told (bot_id uuid, state text, text text)
    where rotation_bot.rotation_id = ${rotationId} and rotation_bot.bot_id = told.bot_id`.execute(tx);
}
