import { api } from '@clawster/contract/api';
import { builtInTeams, toTeamTemplate } from '@clawster/domain/team/built-in';
import { query } from '../query.ts';

/** Teams that can be made in one go. */
export const listTeamTemplates = query(api.teams.templates, async () => ({
  items: builtInTeams.map(toTeamTemplate),
}));
