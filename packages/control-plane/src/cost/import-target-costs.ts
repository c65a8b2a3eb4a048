import { api } from '@clawster/contract/api';
import { type ImportedCost, type LineIssue, readImport } from '@clawster/domain/cost/import-lines';
import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import { command } from '../command.ts';
import { databaseNow } from '../database-now.ts';
import type { Tx } from '../transaction.ts';
import { dayOf } from './days.ts';
import { selectTargetCosts } from './target-cost.queries.ts';

/** Takes over what targets cost by the day: all lines, or none and what is wrong with which. */
export const importTargetCosts = command(api.costs.importTargetCosts, async ({ tx, caller, record }, { csv }) => {
  const { costs, issues } = readImport(csv, dayOf(await databaseNow(tx)));
  const { found, unknown } = await findTargets(tx, costs);
  refuseIssues([...issues, ...unknown]);
  if (found.length === 0) throw Refusal.at('csv', 'invalid', 'There is no line in the file: write day,target,usd');
  await sql`
    insert into target_import (target_id, workspace_id, day, usd, booked)
    select target_id, ${caller.workspaceId}::uuid, day, usd, false
    from unnest(${found.map(({ targetId }) => targetId)}::uuid[], ${found.map(({ day }) => day)}::date[],
      ${found.map(({ usd }) => usd)}::numeric[]) as line (target_id, day, usd)
    on conflict (target_id, day) do update set usd = excluded.usd, booked = false`.execute(tx);
  const names = [...new Set(found.map(({ name }) => name))];
  const usd = Number(found.reduce((sum, line) => sum + line.usd, 0).toFixed(6));
  await record({ type: 'target-cost-imported', detail: { days: found.length, targets: names.slice(0, 20), usd } });
  return { days: found.length, targets: names.length, usd };
});

type Found = ImportedCost & { targetId: string; name: string };

async function findTargets(tx: Tx, costs: ImportedCost[]): Promise<{ found: Found[]; unknown: LineIssue[] }> {
  const byName = new Map((await selectTargetCosts(tx)).map((target) => [target.name.toLowerCase(), target]));
  const found: Found[] = [];
  const unknown: LineIssue[] = [];
  for (const cost of costs) {
    const target = byName.get(cost.target.toLowerCase());
    if (target) found.push({ ...cost, targetId: target.targetId, name: target.name });
    else unknown.push({ line: cost.line, message: `There is no target named ${cost.target}` });
  }
  return { found, unknown };
}

function refuseIssues(issues: LineIssue[]): void {
  if (issues.length === 0) return;
  const told = issues
    .toSorted((one, other) => one.line - other.line)
    .slice(0, 20)
    .map(({ line, message }) => ({ path: 'csv', message: `Line ${line}: ${message}` }));
  const what = told.map(({ message }) => message).join('. ');
  throw new Refusal('invalid', `Nothing was imported. ${what}`, { issues: told });
}
