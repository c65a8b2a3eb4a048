import type { Actor } from '@clawster/contract/event';
import { builtInSkills } from '@clawster/domain/skill/built-in';
import { scanSkill } from '@clawster/domain/skill/scan';
import { sql } from 'kysely';
import { keep } from '../change.ts';
import type { ControlPlane } from '../plane.ts';
import type { Tx } from '../transaction.ts';

const author: Actor = { kind: 'system', job: 'keep-built-in-skills' };

/** Brings the skills of this Clawster into the catalogues that lack them: what earlier ones brought stays for the bots that have it. */
export async function keepBuiltInSkills(plane: ControlPlane): Promise<void> {
  await keep(plane, (tx) => addBuiltInSkills(tx, 'all'));
}

/** The same for one workspace, as it is made. */
export async function addBuiltInSkills(tx: Tx, workspaceId: string): Promise<void> {
  const rows = builtInSkills.map(({ name, digest, files }) => ({ name, digest, files, ...scanSkill(files) }));
  await sql`
    insert into skill (workspace_id, name, digest, description, files, findings, held, author, built_in)
    select workspace.id, fact.name, fact.digest, fact.description, fact.files, fact.findings, false,
      ${JSON.stringify(author)}::jsonb, true
    from workspace, jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as fact (name text, digest text, description text, files jsonb, findings jsonb)
    where ${workspaceId} in ('all', workspace.id::text)
    on conflict do nothing`.execute(tx);
}
