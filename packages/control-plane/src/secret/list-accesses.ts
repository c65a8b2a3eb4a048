import { api } from '@clawster/contract/api';
import type { SecretAccess } from '@clawster/contract/secret';
import { sql } from 'kysely';
import { paged } from '../paged.ts';
import { query } from '../query.ts';
import { getSecret } from './secret.queries.ts';

/** Which version of a secret went to which bot, the latest first. */
export const listAccesses = query(api.secrets.accesses, async ({ tx, caller }, { secretId, ...page }) => {
  await getSecret(tx, secretId);
  return paged(page, async ({ offset, limit }) => {
    const all = tx
      .selectFrom('secretAccess')
      .innerJoin('bot', 'bot.id', 'secretAccess.botId')
      .where('secretAccess.workspaceId', '=', caller.workspaceId)
      .where('secretAccess.secretId', '=', secretId);
    const { total } = await all.select(sql<number>`count(*)::int`.as('total')).executeTakeFirstOrThrow();
    const rows = await all
      .select(['bot.id as botId', 'bot.name as botName', 'version', 'firstAt', 'lastAt', 'count', 'proof'])
      .orderBy('lastAt', 'desc')
      .orderBy('bot.id')
      .offset(offset)
      .limit(limit)
      .execute();
    const items = rows.map(({ firstAt, lastAt, proof, ...row }) => ({
      ...row,
      firstAt: firstAt.toISOString(),
      lastAt: lastAt.toISOString(),
      ...(proof ? { proof: proof as NonNullable<SecretAccess['proof']> } : {}),
    }));
    return { items, total };
  });
});
