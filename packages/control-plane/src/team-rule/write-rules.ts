import type { TeamRules } from '@clawster/contract/team-rule';
import { wrongRules } from '@clawster/domain/team-rule/check-rules';
import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import type { ChangeContext } from '../change.ts';

type Writing = {
  workspaceId: string;
  team: { id: string; rulesVersion: number };
  rules: TeamRules;
  note: string;
  author: string;
};

/** Writes the next version of a team's rules; refuses what cannot be used, at its place. Whoever calls holds the team's lock. */
export async function writeRules(
  { tx, record }: ChangeContext,
  { workspaceId, team, rules, note, author }: Writing,
): Promise<void> {
  refuseWrong(rules);
  const version = team.rulesVersion + 1;
  await tx
    .insertInto('teamRules')
    .values({ teamId: team.id, version, workspaceId, rules: sql`${JSON.stringify(rules)}::jsonb`, note, author })
    .execute();
  const { name } = await tx
    .updateTable('team')
    .set({ rulesVersion: version, updatedAt: sql<Date>`now()` })
    .where('id', '=', team.id)
    .returning('name')
    .executeTakeFirstOrThrow();
  await record({
    type: 'team-rules-set',
    subjectId: team.id,
    subjectName: name,
    detail: { version, rules: rules.length, note },
  });
}

/** Refuses rules that cannot be used. */
export function refuseWrong(rules: TeamRules): void {
  const issues = wrongRules(rules);
  const [first] = issues;
  if (first) throw new Refusal('invalid', first.message, { issues });
}
