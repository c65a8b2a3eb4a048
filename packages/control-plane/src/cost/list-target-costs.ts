import { api } from '@clawster/contract/api';
import { query } from '../query.ts';
import { selectTargetCosts } from './target-cost.queries.ts';

/** What each target costs, and how it is known. */
export const listTargetCosts = query(api.costs.targets, async ({ tx }) => ({ items: await selectTargetCosts(tx) }));
