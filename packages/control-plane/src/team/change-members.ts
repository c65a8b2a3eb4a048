import type { Team } from '@clawster/contract/team';
import type { CommandContext } from '../command.ts';
import { changeStores } from '../configuration/change-stores.ts';

/**
 * Makes a change of who is in a team or of what its bots are told of it, and has those that are in it, before or then, take
 * that over: their tools may be others also where their files stay the same.
 */
export function changeMembers(
  context: CommandContext,
  { id, name }: Pick<Team, 'id' | 'name'>,
  write: () => Promise<void>,
): Promise<number> {
  return changeStores(context, {
    cause: { kind: 'team', id, name },
    concerns: (bot, { teams }) =>
      teams.some((team) => team.id === id && team.members.some(({ botId }) => botId === bot.id)),
    write,
    told: true,
  });
}
