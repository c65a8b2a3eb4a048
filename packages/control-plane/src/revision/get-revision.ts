import { api } from '@clawster/contract/api';
import { query } from '../query.ts';
import { getRevision as read } from './revision.queries.ts';

/** One revision with the whole configuration. */
export const getRevision = query(api.revisions.get, ({ tx }, { botId, number }) => read(tx, botId, number));
