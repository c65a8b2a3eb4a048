import type { Actor } from '@clawster/contract/event';
import type { InboxKind } from '@clawster/contract/inbox';
import { settleBudget } from '../budget/settle-budget.ts';
import type { ChangeContext } from '../change.ts';
import { settleHeld } from '../delegation/settle-held.ts';
import { settlePlan } from '../goal/settle-plan.ts';
import { settleStall } from '../goal/settle-stall.ts';
import type { ControlPlane } from '../plane.ts';

/** What people decided, or that nobody did in time. */
export type Settled = {
  itemId: string;
  workspaceId: string;
  kind: InboxKind;
  subject: string;
  subjectId?: string;
  teamId?: string;
  botId?: string;
  /** The bot's conversation that waits for it. */
  session?: string;
  /** Of exactly what was decided about. */
  contentHash: string;
  state: 'approved' | 'refused' | 'answered' | 'expired';
  /** The like is let through from now on. */
  isAlways: boolean;
  answer?: string;
  reason: string;
  by: Actor;
  byName: string;
};

/** Carries out what was decided, in the transaction that decides: a Refusal undoes both. */
export type Settler = (context: ChangeContext & { plane: ControlPlane }, settled: Settled) => Promise<void>;

/** By the kind of what was decided. */
export const settlers: Partial<Record<InboxKind, Settler>> = {
  delegation: settleHeld,
  plan: settlePlan,
  stall: settleStall,
  budget: settleBudget,
};
