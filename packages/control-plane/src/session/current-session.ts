import { api } from '@clawster/contract/api';
import { query } from '../query.ts';
import { identityOf } from './identity.ts';

export const currentSession = query(api.sessions.current, ({ tx, caller }) => identityOf(tx, caller));
