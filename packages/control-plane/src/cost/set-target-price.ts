import { api } from '@clawster/contract/api';
import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import { command } from '../command.ts';
import { databaseNow } from '../database-now.ts';
import { targetDaysKept } from './book-targets.ts';
import { getTargetCost } from './target-cost.queries.ts';

const hourMs = 3_600_000;

/** Says what a target costs an hour, from an hour on until the next price; hours that were booked since are booked anew. */
export const setTargetPrice = command(api.costs.setTargetPrice, async ({ tx, caller, record }, input) => {
  const { targetId, usdPerHour } = input;
  const now = await databaseNow(tx);
  const { name } = await getTargetCost(tx, targetId);
  const from = new Date(Math.floor((input.from ? Date.parse(input.from) : now.getTime()) / hourMs) * hourMs);
  if (from.getTime() < now.getTime() - targetDaysKept * 24 * hourMs)
    throw Refusal.at('from', 'invalid', `A price can begin at most ${targetDaysKept} days ago`);
  await sql`
    insert into target_price (target_id, workspace_id, from_hour, usd_per_hour)
    values (${targetId}, ${caller.workspaceId}, ${from.toISOString()}, ${usdPerHour})
    on conflict (target_id, from_hour) do update set usd_per_hour = excluded.usd_per_hour`.execute(tx);
  await tx
    .updateTable('targetHour')
    .set({ booked: false })
    .where('targetId', '=', targetId)
    .where('hour', '>=', from)
    .execute();
  const detail = { usdPerHour, from: from.toISOString() };
  await record({ type: 'target-price-changed', subjectId: targetId, subjectName: name, detail });
  return getTargetCost(tx, targetId);
});
