import { Rights, TeamLimits } from '@clawster/contract/team';
import type { AskedTeam } from '../delegation/ask.ts';
import { noTeam } from '../team/team.queries.ts';
import type { Tx } from '../transaction.ts';

/** A team as it is asked in for a goal; refuses when it was disbanded. */
export async function askedTeam(tx: Tx, teamId: string): Promise<AskedTeam> {
  const row = await tx
    .selectFrom('team')
    .select(['id', 'limits', 'channelRights', 'leadId', 'rulesVersion'])
    .where('id', '=', teamId)
    .where('deletedAt', 'is', null)
    .executeTakeFirst();
  if (!row) throw noTeam();
  return { ...row, limits: TeamLimits.parse(row.limits), channelRights: Rights.parse(row.channelRights) };
}
