import type { Outcome } from './methods.ts';

export type Run = {
  runId: string;
  sessionKey: string;
  isOver: boolean;
  abort: AbortController;
  settled: Promise<unknown>;
};
export type RunRequest = { runId: string; sessionKey: string; message: string };

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
  sessions: Map<string, Record<string, unknown>[]>;
  runs: Map<string, Run>;
  startRun(request: RunRequest, respond: (outcome: Outcome) => void): void;
  /** Returns how many could not be resolved. */
  reloadSecrets(): number;
};
