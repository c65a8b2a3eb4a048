import { api } from '@clawster/contract/api';
import { sql } from 'kysely';
import { refuseNoTeam } from '../team/team.queries.ts';
import { paged } from '../paged.ts';
import { query } from '../query.ts';

/** Who changed the rules of a team when, the newest first. */
export const listRuleVersions = query(api.teamRules.versions, async ({ tx }, { teamId, ...page }) => {
  await refuseNoTeam(tx, teamId);
  return paged(page, async ({ offset, limit }) => {
    const rows = await tx
      .selectFrom('teamRules')
      .where('teamId', '=', teamId)
      .select(['teamId', 'version', 'note', 'author', 'at'])
      .select(sql<number>`jsonb_array_length(rules)`.as('count'))
      .select(sql<number>`(count(*) over ())::int`.as('total'))
      .orderBy('version', 'desc')
      .offset(offset)
      .limit(limit)
      .execute();
    const items = rows.map(({ version, note, author, count, at }) => ({
      teamId,
      version,
      note,
      author,
      count,
      at: at.toISOString(),
    }));
    return { items, total: rows[0]?.total ?? offset };
  });
});
