import type { DelegationTable } from '@clawster/database/schema';
import type { Selectable } from 'kysely';

export type DelegationRow = Selectable<DelegationTable>;
