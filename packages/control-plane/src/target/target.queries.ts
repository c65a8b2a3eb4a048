import { Target } from '@clawster/contract/target';
import type { Db } from '@clawster/database/open';
import { sql } from 'kysely';
import { isVisible } from '../is-visible.ts';

/** Targets of the transaction's workspace, with how many bots are on each; the base of every read. */
export function selectTargets(tx: Db) {
  return tx
    .selectFrom('target')
    .where(isVisible('target'))
    .select([
      'id',
      'name',
      'kind',
      'health',
      sql<{ botId: string; name: string }[]>`(select coalesce(json_agg(json_build_object('botId', bot_id, 'name', name)
        order by lower(name)), '[]') from orphan where orphan.target_id = target.id and installation = '')`.as(
        'orphans',
      ),
      'createdAt',
      sql<number>`(select count(*) from bot where bot.target_id = target.id and bot.spec->>'desired' <> 'destroyed')`.as(
        'botCount',
      ),
    ]);
}

type TargetRow = Awaited<ReturnType<ReturnType<typeof selectTargets>['executeTakeFirstOrThrow']>>;

export function toTarget(row: TargetRow): Target {
  return Target.parse({
    ...row,
    health: row.health ?? undefined,
    createdAt: row.createdAt.toISOString(),
  });
}
