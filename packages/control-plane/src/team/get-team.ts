import { api } from '@clawster/contract/api';
import { query } from '../query.ts';
import { getTeam } from './team.queries.ts';

/** A team with its members. */
export const showTeam = query(api.teams.get, ({ tx }, { teamId }) => getTeam(tx, teamId));
