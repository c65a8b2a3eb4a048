import { api } from '@clawster/contract/api';
import type { Bot } from '@clawster/contract/bot';
import type { ParsedInputOf } from '@clawster/contract/route';
import { command, type CommandContext } from '../command.ts';
import { leaveTeam } from '../team/remove-member.ts';
import { changeDesired } from './change-desired.ts';

const dayMs = 24 * 60 * 60_000;

/**
 * The bot leaves its team, is removed from its target, and its name is free again; its state stays for the days asked for.
 * Refused while it leads a team.
 */
export const destroyBot = command(api.bots.destroy, endBot);

/** The same within a change of more than this. */
export async function endBot(
  context: CommandContext,
  { botId, keepStateDays }: ParsedInputOf<typeof api.bots.destroy>,
): Promise<Bot> {
  await leaveTeam(context, botId);
  return changeDesired(context, botId, {
    action: 'destroy',
    desired: 'destroyed',
    event: 'bot-destroyed',
    detail: { keepStateDays },
    stateKeptUntil: new Date(Date.now() + keepStateDays * dayMs),
  });
}
