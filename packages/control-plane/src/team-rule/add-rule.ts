import { type TeamRule, TeamRules } from '@clawster/contract/team-rule';
import { lockTeam } from '../delegation/lock-team.ts';
import type { DelegationRow } from '../delegation/delegation-row.ts';
import { askedTeam, readRules } from '../delegation/team.queries.ts';
import type { ChangeContext } from '../change.ts';
import { writeRules } from './write-rules.ts';

/** Puts a rule before all others of its team, so that one that holds the like is not asked first; one of the same name takes its place. */
export async function addRule(
  context: ChangeContext,
  { row, rule, by }: { row: DelegationRow; rule: TeamRule; by: { byName: string } },
): Promise<void> {
  await lockTeam(context.tx, row.teamId);
  const team = await askedTeam(context.tx, row.teamId);
  const others = (await readRules(context.tx, team)).filter(({ id }) => id !== rule.id);
  await writeRules(context, {
    workspaceId: row.workspaceId,
    team,
    rules: TeamRules.parse([rule, ...others]),
    note: `Approved for always: ${rule.name}`,
    author: by.byName,
  });
}
