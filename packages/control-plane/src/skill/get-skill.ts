import { api } from '@clawster/contract/api';
import { query } from '../query.ts';
import { getSkill as read } from './skill.queries.ts';

/** One version of a skill with its files. */
export const getSkill = query(api.skills.get, ({ tx, caller }, one) => read(tx, caller.workspaceId, one));
