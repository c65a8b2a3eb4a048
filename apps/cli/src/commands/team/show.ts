import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { sayTeam } from '../../team-text.ts';
import { findTeam } from './find-team.ts';

export const show = cliCommand({
  usage: 'team show <team>',
  summary: 'Show a team with its members',
  input: z.object({ team: z.string() }),
  run: async ({ client }, { team }) => client.teams.get({ teamId: (await findTeam(client, team)).id }),
  show: sayTeam,
});
