import type { Selectable } from 'kysely';
import type { DelegationTable } from '@clawster/database/schema';
import type { AskContext } from './ask.ts';

export type DelegationRow = Selectable<DelegationTable>;
/** Told of a delegation in the transaction in which it is over, as it is then. */
export type OverHook = (context: AskContext, over: DelegationRow) => Promise<void>;

/** What else is done in the transaction in which a delegation is over. */
export const overHooks: OverHook[] = [];
