import { api } from '@clawster/contract/api';
import { TeamFlow } from '@clawster/contract/team';
import { sql } from 'kysely';
import { costOfDelegation } from '../delegation/cost-of-delegation.ts';
import { query } from '../query.ts';
import { refuseNoTeam } from './team.queries.ts';

/** What went from whom to whom in the last hours; what is refused before anybody was found to do it is on no arrow. */
export const teamFlow = query(api.teams.flow, async ({ tx }, { teamId, hours }) => {
  await refuseNoTeam(tx, teamId);
  const { rows } = await sql<Record<string, unknown>>`
    select from_bot_id as "fromBotId", to_bot_id as "toBotId",
      count(*) filter (where ended_at is null and state <> 'held')::int as open,
      count(*) filter (where state = 'held')::int as held,
      count(*) filter (where state = 'done')::int as done,
      count(*) filter (where state = 'refused')::int as refused,
      count(*) filter (where state in ('failed', 'expired', 'cancelled'))::int as failed,
      coalesce(sum(${costOfDelegation}), 0)::float8 as "costUsd"
    from delegation
    where team_id = ${teamId}::uuid and requested_at >= now() - make_interval(hours => ${hours}) and to_bot_id is not null
    group by 1, 2 order by 1, 2`.execute(tx);
  const to = new Date();
  return {
    from: new Date(to.getTime() - hours * 3_600_000).toISOString(),
    to: to.toISOString(),
    edges: rows.map(({ fromBotId, ...row }) =>
      TeamFlow.shape.edges.element.parse({ ...row, ...(fromBotId ? { fromBotId } : {}) }),
    ),
  };
});
