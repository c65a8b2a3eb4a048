import type { DelegationState } from '@clawster/contract/delegation';
import type { Rights, TeamLimits } from '@clawster/contract/team';
import type { ChangeContext } from '../change.ts';
import type { ControlPlane } from '../plane.ts';
import type { Origin, WorkingAt } from '../team/team-call.ts';

/** What a team is, as far as asking for something in it needs to know. */
export type AskedTeam = { id: string; limits: TeamLimits; channelRights: Rights; leadId: string; rulesVersion: number };

/** Who asks: a bot in one of its conversations, a person, or Clawster for a goal, in the lead's name or its own. */
export type AskedBy =
  | { kind: 'bot'; botId: string; name: string; session?: string }
  | { kind: 'person'; name: string; personId?: string }
  | { kind: 'goal'; botId?: string; name: string; session?: string };

/** What one wants done, by whom, in whose name. */
export type DelegationAsk = {
  workspaceId: string;
  team: AskedTeam;
  from: AskedBy;
  /** A bot, or whoever has the capability: one of the two. */
  to?: string;
  capability?: string;
  title: string;
  text: string;
  taskType?: string;
  contextKeys?: string[];
  minutes?: number;
  origin: Origin;
  parent?: WorkingAt;
  taskId?: string;
  goalId?: string;
  traceId: string;
  /** The same asked again while the first is not over, or its result was not taken, is the first; absent: it is always another. */
  askKey?: string;
  /** Clawster's own asking of the lead, which needs no rule; the team's limits hold. */
  skipRules?: 'planning';
};

/** `later` is done once all is committed, by whoever wants it sooner than the loop's next look. */
export type AskContext = ChangeContext & { plane: ControlPlane; later?: (work: () => Promise<unknown>) => void };
/** What came of asking; `isNew` is false where it was asked before. */
export type Requested = { id: string; state: DelegationState; reason: string; isNew: boolean };
