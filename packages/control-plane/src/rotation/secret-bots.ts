import type { SecretUse } from '@clawster/contract/secret';
import { sql } from 'kysely';
import type { Tx } from '../transaction.ts';

/** A bot that is given a secret, through what, and whether it runs. */
export type SecretBot = { botId: string; botName: string; running: boolean; uses: SecretUse[] };

/** The bots that are given a secret, by name: in this order they are in waves. */
export async function secretBots(tx: Tx, secretId: string): Promise<SecretBot[]> {
  const { rows } = await sql<SecretBot>`
    select bot.id as "botId", bot.name as "botName", bot.spec->>'desired' <> 'stopped' as running,
      jsonb_agg(distinct jsonb_build_object('kind', use.owner_kind, 'id', use.owner_id,
        'name', coalesce(connector.name, channel.name), 'field', use.field)) as uses
    from secret_bot
    join bot on bot.id = secret_bot.bot_id
    join secret_use use on use.secret_id = secret_bot.secret_id
      and use.owner_kind = secret_bot.owner_kind and use.owner_id = secret_bot.owner_id
    left join connector on use.owner_kind = 'connector' and connector.id = use.owner_id
    left join channel on use.owner_kind = 'channel' and channel.id = use.owner_id
    where secret_bot.secret_id = ${secretId}
    group by bot.id, bot.name, bot.spec
    order by lower(bot.name), bot.id`.execute(tx);
  return rows;
}
