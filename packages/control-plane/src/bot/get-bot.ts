import { api } from '@clawster/contract/api';
import { query } from '../query.ts';
import { getBot as readBot } from './bot.queries.ts';

export const getBot = query(api.bots.get, ({ tx }, { botId }) => readBot(tx, botId));
