import { TargetCost } from '@clawster/contract/cost';
import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import { isVisible } from '../is-visible.ts';
import type { Tx } from '../transaction.ts';

/** What the targets of the transaction's workspace cost, by name; of one of them where it is named. */
export async function selectTargetCosts(tx: Tx, targetId?: string): Promise<TargetCost[]> {
  const booked = sql`from infrastructure_day where infrastructure_day.target_id = target.id
    and day >= date_trunc('month', now() at time zone 'UTC')::date`;
  const imported = sql`from target_import where target_import.target_id = target.id`;
  const { rows } = await sql<{ lastImportedDay: string | null; prices: { from: string; usdPerHour: number }[] }>`
    select target.id as "targetId", target.name, (select count(*)::int ${imported}) as "importedDays",
      (select max(day)::text ${imported}) as "lastImportedDay",
      (select coalesce(sum(usd), 0)::float8 ${booked}) as "monthUsd",
      (select coalesce(sum(usd), 0)::float8 ${booked} and bot_id is null) as "idleUsd",
      (select coalesce(jsonb_agg(jsonb_build_object('from', from_hour, 'usdPerHour', usd_per_hour) order by from_hour desc), '[]')
        from target_price where target_price.target_id = target.id) as prices
    from target where ${isVisible('target')} and ${targetId === undefined ? sql`true` : sql`target.id = ${targetId}::uuid`}
    order by lower(target.name)`.execute(tx);
  return rows.map(({ lastImportedDay, prices, ...row }) =>
    TargetCost.parse({
      ...row,
      lastImportedDay: lastImportedDay ?? undefined,
      prices: prices.map(({ from, usdPerHour }) => ({ from: new Date(from).toISOString(), usdPerHour })),
    }),
  );
}

/** What one target costs; refuses one that is not there. */
export async function getTargetCost(tx: Tx, targetId: string): Promise<TargetCost> {
  const [found] = await selectTargetCosts(tx, targetId);
  if (!found) throw new Refusal('not-found', 'There is no such target in this workspace');
  return found;
}
