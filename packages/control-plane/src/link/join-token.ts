import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Tx } from '../transaction.ts';

const joinTokenMinutes = 15;

/**
 * A token that enrols one supervisor of this bot once. Those before it hold until one is used, since a target that was slow
 * may just be starting the bot with one of them. Only its hash is kept.
 */
export async function createJoinToken(tx: Tx, bot: { id: string; workspaceId: string }): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await tx
    .deleteFrom('joinToken')
    .where('botId', '=', bot.id)
    .where('usedAt', 'is', null)
    .where('expiresAt', '<', sql<Date>`now()`)
    .execute();
  await tx
    .insertInto('joinToken')
    .values({
      tokenHash: hashOf(token),
      workspaceId: bot.workspaceId,
      botId: bot.id,
      expiresAt: sql<Date>`now() + make_interval(mins => ${joinTokenMinutes})`,
    })
    .execute();
  return token;
}

/** Uses a join token up, and with it those made before it: of two who bring it at once, one gets in. */
export async function consumeJoinToken(tx: Tx, ask: { botId: string; token: string }): Promise<boolean> {
  const used = await tx
    .updateTable('joinToken')
    .set({ usedAt: sql<Date>`now()` })
    .where('tokenHash', '=', hashOf(ask.token))
    .where('botId', '=', ask.botId)
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', sql<Date>`now()`)
    .returning('expiresAt')
    .executeTakeFirst();
  if (!used) return false;
  await tx
    .deleteFrom('joinToken')
    .where('botId', '=', ask.botId)
    .where('usedAt', 'is', null)
    .where('expiresAt', '<', used.expiresAt)
    .execute();
  return true;
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
