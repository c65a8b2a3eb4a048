import type { StandInChannels } from './channels.ts';
import type { AuditEvent } from '../protocol.ts';
import type { Connection, Outcome } from './connection.ts';
import type { StandInSession } from './session.ts';

export type Run = {
  runId: string;
  sessionKey: string;
  abort: AbortController;
  /** The final answer, once there is one: who asks again with the same key is given it. */
  answer?: Outcome;
  /** How the run stands for `agent.wait`. */
  settled: Promise<unknown>;
};
/** `starter` is told of the run's tools; the others are not. */
export type RunRequest = { runId: string; sessionKey: string; message: string; starter: Connection };

/** What a gateway remembers. */
export type StandInState = {
  token: string;
  bootId: string;
  configPath: string;
  configText: string;
  appliedText: string;
  isReadOnly: boolean;
  issues: { path: string; message: string }[];
  files: Map<string, string>;
  sessions: Map<string, StandInSession>;
  /** What was done, the oldest first. */
  audit: AuditEvent[];
  runs: Map<string, Run>;
  channels: StandInChannels;
  startRun(request: RunRequest, respond: (outcome: Outcome) => void): void;
  /** Returns how many could not be resolved. */
  reloadSecrets(): Promise<number>;
};
