import { api } from '@clawster/contract/api';
import { command } from '../command.ts';
import { changeDesired } from './change-desired.ts';

const dayMs = 24 * 60 * 60_000;

/** The bot is removed from its target and its name is free again; its state stays for the days asked for. */
export const destroyBot = command(api.bots.destroy, (context, { botId, keepStateDays }) =>
  changeDesired(context, botId, {
    action: 'destroy',
    desired: 'destroyed',
    event: 'bot-destroyed',
    detail: { keepStateDays },
    stateKeptUntil: new Date(Date.now() + keepStateDays * dayMs),
  }),
);
