import type { OriginKind, Rights } from '@clawster/contract/team';
import type { TeamToolInput, TeamToolName } from '@clawster/link/team';
import type { ChangeContext } from '../change.ts';
import type { AskedTeam } from '../delegation/ask.ts';
import type { ControlPlane } from '../plane.ts';

/** In whose name a conversation of a bot is held, and so what may come of it at most. */
export type Origin = {
  kind: OriginKind;
  channel?: string;
  personId?: string;
  personName?: string;
  rights: Rights;
  /** Something that people outside wrote is in it. */
  untrusted: boolean;
};

/** The delegation that a bot works at when it calls. */
export type WorkingAt = {
  id: string;
  rootId: string;
  traceId: string;
  hops: number;
  attempt: number;
  goalId?: string;
  deadlineAt: Date;
};

/** Who calls a tool of the team's, from where, and in whose name: found out here, never said by the call. */
export type TeamCaller = {
  workspaceId: string;
  teamId: string;
  botId: string;
  botName: string;
  isLead: boolean;
  mayDelegate: boolean;
  /** Absent where the host cannot tell: then the origin is the least there can be. */
  session?: string;
  callId: string;
  workingAt?: WorkingAt;
  /** The goal that the conversation with its lead is about. */
  goalId?: string;
  origin: Origin;
  /** Of the turn, where it works at no delegation. */
  traceId?: string;
};

/** What the model is told; with `waitsFor` when that delegation or inbox item is over, at the latest after `waitMs`. */
export type ToolResult = { text: string; isError?: boolean; waitsFor?: string; waitMs?: number };

/** `later`: what is done once the call is carried out and committed, sooner than the loop would. */
export type ToolContext = ChangeContext & {
  plane: ControlPlane;
  caller: TeamCaller;
  team: AskedTeam;
  later?: (work: () => Promise<unknown>) => void;
};
/** Carries a call out in its one transaction, which records an event where something was changed. What it throws as a Refusal, the model is told. */
export type ToolAnswer<T extends TeamToolName> = (context: ToolContext, input: TeamToolInput<T>) => Promise<ToolResult>;
