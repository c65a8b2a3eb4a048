import type { HaltMode } from '@clawster/contract/fleet';
import type { Db } from '@clawster/database/open';
import type { SupervisorMethod, SupervisorParams, SupervisorResult } from '@clawster/link/supervisor-methods';
import type { ConnectedTarget } from '@clawster/target/target';
import type { RuntimeStore } from '@clawster/runtime/store';
import type { KeyWrapper } from './secret/key-wrapper.ts';
import type { SecretSources } from './secret/source/secret-sources.ts';

/** Asks a bot over its live link, whichever replica holds it. */
export type Links = {
  /** Throws a Refusal `unavailable` when the bot has no link; parts come in order before the answer. */
  request<M extends SupervisorMethod>(
    botId: string,
    ask: { method: M; params: SupervisorParams<M> },
    options?: { signal?: AbortSignal; timeoutMs?: number; onPart?: (part: unknown) => void },
  ): Promise<SupervisorResult<M>>;
  /** Closes a bot's link at once, as after a revocation. */
  close(botId: string, code: number, reason: string): Promise<void>;
  /** Gives the emergency stop to the bots that other replicas hold, without asking the database; resolves with those that confirmed. */
  haltElsewhere(ask: HaltAsk): Promise<string[]>;
  /** The links this process holds. */
  held(): { botId: string; epoch: number }[];
  /** Whether this process holds the bot's link. */
  holds(botId: string): boolean;
  /** The bots of this workspace whose link this process holds. */
  heldOf(workspaceId: string): string[];
  /** Closes a link this process holds and that has passed to another replica. */
  giveUp(link: { botId: string; epoch: number }): void;
};

export type HaltAsk = { workspaceId: string; bots: 'all' | string[]; mode: HaltMode };

export type TargetRow = { id: string; kind: string; settings: unknown };

/** What the control plane is made of; the doors build one and hand it to every command, query and loop. */
export type ControlPlane = {
  db: Db;
  keys: KeyWrapper;
  /** Where secrets are kept outside of Clawster. */
  sources: SecretSources;
  links: Links;
  /** Connects a target of a known kind; connections are kept and shared, but for one that is tried with a key not yet saved. */
  connectTarget(target: TargetRow, key?: string): Promise<ConnectedTarget>;
  /** At most this many bots start at once on such a target. */
  startsAtOnceMax(target: TargetRow): number;
  runtimes: RuntimeStore;
  settings: {
    /** Names this process in leases and links; no other has ever had this name. */
    replica: string;
    /** Where other replicas reach this one. */
    internalUrl: string;
    /** Whether this one runs the loops, and so has its share of the bots at rest. */
    reconciles: boolean;
    version: string;
    /** Where supervisors dial in, e.g. `http://127.0.0.1:4500`. */
    controlPlaneUrl: string;
    supervisorFile: string;
    /** Where the encrypted backups of this server lie. */
    backupsDirectory: string;
    /** Where checkpoints of audit trails are added to files. */
    checkpointsDirectory: string;
    /** What of this server's disk is its own, and what of that is not looked through for secrets. */
    ownFiles: { folders: string[]; except: string[]; databaseFolder: string };
    /** For how many days spans, and their sums by the hour, are kept. */
    keepDays: { spans: number; usageHours: number };
    /** Whether model providers may live on loopback and private addresses. Link-local is never allowed. */
    allowPrivateAddresses: boolean;
  };
  /** Wakes the loops that listen to these nouns, and the live stream; called after commit. */
  wake(nouns: string[]): void;
  log: (level: 'info' | 'warn' | 'error', message: string, fields?: Record<string, unknown>) => void;
};
