import { api } from '@clawster/contract/api';
import { command } from '../command.ts';
import { changeDesired } from './change-desired.ts';

/** The bot's whole process is made anew on the same state, as after a change of its workload. */
export const redeployBot = command(api.bots.redeploy, (context, { botId }) =>
  changeDesired(context, botId, { action: 'redeploy', desired: 'running', event: 'bot-redeployed', anew: true }),
);
