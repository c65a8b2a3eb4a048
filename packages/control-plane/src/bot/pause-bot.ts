import { api } from '@clawster/contract/api';
import { command } from '../command.ts';
import { changeDesired } from './change-desired.ts';

/** The bot takes no turns from now on; its gateway and all it knows stay. */
export const pauseBot = command(api.bots.pause, (context, { botId }) =>
  changeDesired(context, botId, { action: 'pause', desired: 'paused', event: 'bot-paused' }),
);
