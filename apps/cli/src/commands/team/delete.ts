import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { findTeam } from './find-team.ts';

export const deleteTeam = cliCommand({
  usage: 'team delete <team>',
  summary: 'Disband a team: what is open is cancelled, its bots stay',
  input: z.object({ team: z.string() }),
  async run({ client }, { team: wanted }) {
    const team = await findTeam(client, wanted);
    await client.teams.delete({ teamId: team.id });
    return { id: team.id, name: team.name };
  },
  show: ({ name }) => `The team ${name} is disbanded. Its bots go on without it.`,
});
