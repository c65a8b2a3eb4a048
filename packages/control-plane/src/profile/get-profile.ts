import { api } from '@clawster/contract/api';
import { query } from '../query.ts';
import { getProfile as read } from './profile.queries.ts';

/** One profile. */
export const getProfile = query(api.profiles.get, ({ tx }, { profileId }) => read(tx, profileId));
