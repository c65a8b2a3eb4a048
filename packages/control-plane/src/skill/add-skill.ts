import { api } from '@clawster/contract/api';
import type { ParsedInputOf } from '@clawster/contract/route';
import { Refusal } from '@clawster/domain/refusal';
import { scanSkill, whyNotSkill } from '@clawster/domain/skill/scan';
import { skillDigest } from '@clawster/link/skill-digest';
import { sql } from 'kysely';
import { actorOf } from '../caller.ts';
import { command, type CommandContext } from '../command.ts';
import { getSkill } from './skill.queries.ts';

/** Versions of skills in a workspace: the list has no pages. */
const versionsMax = 500;

/** Adds a version of a skill, scanned; one that is there already is just told. */
export const addSkill = command(api.skills.add, insertSkill);

/** The same within a change of more than this. */
export async function insertSkill(
  { tx, caller, record }: CommandContext,
  { name, files }: ParsedInputOf<typeof api.skills.add>,
) {
  const why = whyNotSkill(name, files);
  if (why) throw Refusal.at('files', 'invalid', why);
  const { workspaceId } = caller;
  const digest = skillDigest(files);
  const { description, findings } = scanSkill(files);
  const held = findings.some(({ severity }) => severity === 'danger');
  const { count } = await tx
    .selectFrom('skill')
    .where('workspaceId', '=', workspaceId)
    .select(sql<number>`count(*)::int`.as('count'))
    .executeTakeFirstOrThrow();
  if (count >= versionsMax)
    throw new Refusal('refused', `There are ${versionsMax} versions of skills at most: delete some first`);
  await tx
    .insertInto('skill')
    .values({
      workspaceId,
      name,
      digest,
      description,
      files,
      findings: sql`${JSON.stringify(findings)}::jsonb`,
      held,
      author: actorOf(caller),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await record({ type: 'skill-added', subjectName: name, detail: { digest, held, findings: findings.length } });
  const { files: _, ...skill } = await getSkill(tx, workspaceId, { name, digest });
  return skill;
}
