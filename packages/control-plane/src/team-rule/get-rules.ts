import { api } from '@clawster/contract/api';
import { TeamRules } from '@clawster/contract/team-rule';
import { Refusal } from '@clawster/domain/refusal';
import type { OutputOf } from '@clawster/contract/route';
import { askedTeam } from '../delegation/team.queries.ts';
import { query } from '../query.ts';
import type { Tx } from '../transaction.ts';

type RuleSet = OutputOf<typeof api.teamRules.get>;

/** The rules of a team, as they are or were at a version. */
export const getRules = query(api.teamRules.get, ({ tx }, { teamId, version }) => readRuleSet(tx, teamId, version));

/** A version of a team's rules; the newest where none is named. A team without rules lets nothing through. */
export async function readRuleSet(tx: Tx, teamId: string, version?: number): Promise<RuleSet> {
  const team = await askedTeam(tx, teamId);
  const asked = version ?? team.rulesVersion;
  const row = await tx
    .selectFrom('teamRules')
    .selectAll()
    .where('teamId', '=', teamId)
    .where('version', '=', asked)
    .executeTakeFirst();
  if (row) {
    const { note, author, at } = row;
    return { teamId, version: asked, rules: TeamRules.parse(row.rules), note, author, at: at.toISOString() };
  }
  if (asked !== 0) throw new Refusal('not-found', `The rules of this team have no version ${asked}`);
  const { createdAt } = await tx
    .selectFrom('team')
    .select('createdAt')
    .where('id', '=', teamId)
    .executeTakeFirstOrThrow();
  return { teamId, version: 0, rules: [], note: '', author: '', at: createdAt.toISOString() };
}
