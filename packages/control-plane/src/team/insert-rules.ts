import type { TeamRule } from '@clawster/contract/team-rule';
import { sql } from 'kysely';
import type { CommandContext } from '../command.ts';

type NewRules = { rules: readonly TeamRule[]; note: string };

/** Puts other rules of a team in force, as a version of their own. */
export async function insertRules(
  { tx, caller, record }: CommandContext,
  team: { id: string; name: string },
  { rules, note }: NewRules,
): Promise<number> {
  const { rulesVersion: version } = await tx
    .updateTable('team')
    .set({ rulesVersion: sql<number>`rules_version + 1` })
    .where('id', '=', team.id)
    .returning('rulesVersion')
    .executeTakeFirstOrThrow();
  await tx
    .insertInto('teamRules')
    .values({
      teamId: team.id,
      version,
      workspaceId: caller.workspaceId,
      rules: sql`${JSON.stringify(rules)}::jsonb`,
      note,
      author: caller.name,
    })
    .execute();
  await record({ type: 'team-rules-set', subjectId: team.id, subjectName: team.name, detail: { version, note } });
  return version;
}
