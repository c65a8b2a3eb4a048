import { api } from '@clawster/contract/api';
import { query } from '../query.ts';
import { getChannel as readOne } from './channel.queries.ts';

export const getChannel = query(api.channels.get, ({ tx }, { channelId }) => readOne(tx, channelId));
