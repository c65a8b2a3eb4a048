import { api } from '@clawster/contract/api';
import { query } from '../query.ts';
import { selectSkills, toSkill, usesOf } from './skill.queries.ts';

/** The catalogue: every version of every skill. */
export const listSkills = query(api.skills.list, async ({ tx, caller }) => {
  const rows = await selectSkills(tx).orderBy('name').orderBy('createdAt', 'desc').execute();
  const uses = await usesOf(tx, caller.workspaceId);
  return { items: rows.map((row) => toSkill(row, uses)) };
});
