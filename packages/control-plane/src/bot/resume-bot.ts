import { api } from '@clawster/contract/api';
import { command } from '../command.ts';
import { changeDesired } from './change-desired.ts';

/** A paused bot takes turns again. */
export const resumeBot = command(api.bots.resume, (context, { botId }) =>
  changeDesired(context, botId, { action: 'resume', desired: 'running', event: 'bot-resumed' }),
);
