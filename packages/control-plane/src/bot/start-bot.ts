import { api } from '@clawster/contract/api';
import { command } from '../command.ts';
import { changeDesired } from './change-desired.ts';

/** The bot should run from now on; failures of before are forgotten. */
export const startBot = command(api.bots.start, (context, { botId }) =>
  changeDesired(context, botId, { action: 'start', desired: 'running', event: 'bot-started' }),
);
