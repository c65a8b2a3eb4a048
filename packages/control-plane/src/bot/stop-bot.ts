import { api } from '@clawster/contract/api';
import { command } from '../command.ts';
import { changeDesired } from './change-desired.ts';

/** The bot should stand still from now on; its state is kept. */
export const stopBot = command(api.bots.stop, (context, { botId }) =>
  changeDesired(context, botId, { action: 'stop', desired: 'stopped', event: 'bot-stopped' }),
);
