import { api } from '@clawster/contract/api';
import type { RotationBotState } from '@clawster/contract/rotation';
import { sql } from 'kysely';
import { paged } from '../paged.ts';
import { query } from '../query.ts';
import { getRotation as readOne, selectRotations, toRotation } from './rotation.queries.ts';

/** Rotations, the latest first. */
export const listRotations = query(api.rotations.list, ({ tx, caller }, { secretId, phase, ...page }) =>
  paged(page, async ({ offset, limit }) => {
    const which = sql<boolean>`rotation.workspace_id = ${caller.workspaceId}
      and (${secretId ?? null}::uuid is null or rotation.secret_id = ${secretId ?? null}::uuid)
      and (${phase ?? null}::text is null or rotation.phase = ${phase ?? null}::text)`;
    const { total } = await tx
      .selectFrom('rotation')
      .where(which)
      .select(sql<number>`count(*)::int`.as('total'))
      .executeTakeFirstOrThrow();
    const rows = await selectRotations(tx)
      .where(which)
      .orderBy('rotation.startedAt', 'desc')
      .orderBy('rotation.id')
      .offset(offset)
      .limit(limit)
      .execute();
    return { items: rows.map(toRotation), total };
  }),
);

export const getRotation = query(api.rotations.get, ({ tx }, { rotationId }) => readOne(tx, rotationId));

/** The bots of a rotation, those first that need someone. */
export const listRotationBots = query(api.rotations.bots, async ({ tx }, { rotationId, ...page }) => {
  await readOne(tx, rotationId);
  return paged(page, async ({ offset, limit }) => {
    const all = tx
      .selectFrom('rotationBot')
      .innerJoin('bot', 'bot.id', 'rotationBot.botId')
      .where('rotationBot.rotationId', '=', rotationId);
    const { total } = await all.select(sql<number>`count(*)::int`.as('total')).executeTakeFirstOrThrow();
    const rows = await all
      .select(['bot.id as botId', 'bot.name as botName', 'rotationBot.wave', 'rotationBot.state', 'text', 'at'])
      .orderBy(sql`rotation_bot.state <> 'stuck'`)
      .orderBy('rotationBot.wave')
      .orderBy('bot.name')
      .offset(offset)
      .limit(limit)
      .execute();
    return {
      items: rows.map((row) => ({ ...row, state: row.state as RotationBotState, at: row.at.toISOString() })),
      total,
    };
  });
});
