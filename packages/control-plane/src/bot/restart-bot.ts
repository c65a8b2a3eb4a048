import { api } from '@clawster/contract/api';
import { command } from '../command.ts';
import { changeDesired } from './change-desired.ts';

/** The bot's gateway is started anew once. */
export const restartBot = command(api.bots.restart, (context, { botId }) =>
  changeDesired(context, botId, { action: 'restart', desired: 'running', event: 'bot-restarted', restart: true }),
);
