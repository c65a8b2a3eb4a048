import type { Readable } from 'node:stream';
import type { z } from 'zod';
import type { Egress, RefusedEgress } from './egress.ts';
import type { LeftBehind } from './left-behind.ts';

/** One bot as a target runs it: a supervisor, its volume, and the way home. */
export type Workload = {
  botId: string;
  /** Whose it is, for when nobody else knows any more. */
  workspaceId?: string;
  botName: string;
  /** Rises with every change that needs the process to be made anew; an older one never replaces a newer. */
  generation: number;
  controlPlaneUrl: string;
  /** Enrols the supervisor on its first start; short-lived, never to be written to disk, argv or environment. */
  joinToken: string;
  memoryBytesMax: number;
  /** What its own container may take in all; set by the target, and absent where it has none. */
  container?: ContainerLimits;
  /** Where it may connect to from its first moment on; absent where its target does not confine it. */
  egress?: Egress;
  /** Which copy of which installation wants this; an older copy of the same one is refused. */
  copy: Copy;
  /** The installed OpenClaw the supervisor starts. Targets that run images read `version` alone. */
  runtime: {
    version: string;
    directory: string;
    node: string;
    compileCacheDirectory: string;
    /** Where its channel plugins are prepared; absent where there are none. */
    pluginsDirectory?: string;
  };
  /** The supervisor's bundled file on this host. */
  supervisor: { file: string; version: string };
};

/** What a container may take of its machine. */
export type ContainerLimits = { memoryBytesMax: number; cpusMax: number; processesMax: number };

/** What packs and unpacks a bot's state on its own host; as in its workload. */
export type StateTools = { node: string; supervisor: Workload['supervisor'] };

/** The plugin of a channel for one OpenClaw version, as it lies prepared in a folder of the control plane's host. */
export type PreparedPlugin = { version: string; channel: string; directory: string };

/** One of the databases an installation was restored into: all have its id, and of two the higher epoch is the newer. */
export type Copy = { id: string; epoch: number };

/**
 * What a target sees of one bot. `generation` is that of the workload that runs. `orphan`: the supervisor is gone, and
 * something it started still runs, which `stop` and `remove` end. `copy`: the newest it obeys.
 */
export type Seen =
  | { state: 'absent'; orphan?: true }
  | { state: 'starting' | 'running' | 'stopping'; generation: number; copy?: Copy }
  | { state: 'exited'; generation: number; reason: string; orphan?: true; copy?: Copy };

/** A bot that lies on a target. `installation`: the one that put it there, where that is another; `since`: when it did. */
export type LyingBot = {
  botId: string;
  name: string;
  runs: boolean;
  since?: string;
  workspaceId?: string;
  installation?: string;
};

/** What may be done to the bots of another installation: it is told to end, and its state is read or removed. */
export type OthersBots = Required<Pick<ConnectedTarget, 'inspect' | 'stop' | 'remove' | 'leftBehind' | 'exportState'>>;

/**
 * A place where bots run. Every method is idempotent, and may be asked again after a crash at any point.
 * `apply` starts the workload, or replaces an older generation of it, and returns when that is under way.
 * `stop` ends the process and keeps the volume; `remove` ends it and, with `deleteState`, deletes the volume.
 */
export type ConnectedTarget = {
  /** Its bots need no OpenClaw on the control plane's machine. */
  bringsRuntime?: true;
  /** Whether a bot could be put here now; the sentence says why not. */
  probe(): Promise<{ ok: boolean; message: string }>;
  inspect(botId: string): Promise<Seen>;
  apply(workload: Workload): Promise<void>;
  stop(botId: string): Promise<void>;
  remove(botId: string, options: { deleteState: boolean }): Promise<void>;
  /** What lies here of bots: for finding those that nobody knows any more. */
  bots?(): Promise<LyingBot[]>;
  /** What a bot's folder says of it, for when nothing else is known any more. */
  leftBehind?(botId: string): Promise<LeftBehind>;
  /** The bots here of the installation with this id, which is another one's: for whoever says that it is theirs. */
  of?(installation: string): OthersBots;
  /** The supervisor's own last output, oldest first, for when there is no link to ask. */
  logs?(botId: string, lines: number): Promise<string[]>;
  /**
   * Confines its bots to these lists, which take the place of any before: a bot that is in none reaches nothing, and what is
   * open and no longer listed ends. Answers what was refused since it was asked last. A target without it confines nobody.
   */
  confine?(lists: readonly (Egress & { botId: string })[]): Promise<RefusedEgress[]>;
  /**
   * Lets all its bots of that version find the plugin below their `runtime.pluginsDirectory`, those that run too: whole or,
   * when this throws, as it was before. No bot can change it. Its bots read the prepared folder itself where this is absent.
   */
  placePlugin?(plugin: PreparedPlugin): Promise<void>;
  /**
   * The bot's state as an archive that another target's `importState` takes, whether the bot runs or not. Throws a
   * `NoState` when there is none here. Destroying the stream ends the work; what goes wrong midway is its error.
   */
  exportState?(botId: string, tools: StateTools): Promise<Readable>;
  /**
   * Gives a bot that does not run here the state from the archive, in place of any it has: all of it or, when this
   * throws, nothing. An archive that is damaged, cut short or hostile is refused in a sentence.
   */
  importState?(botId: string, archive: Readable, tools: StateTools): Promise<void>;
};

export type TargetDefinition<Settings extends z.ZodType = z.ZodType> = {
  specificationVersion: 1;
  kind: string;
  /** A few words for people, such as "This machine". */
  label: string;
  settings: Settings;
  /** At most this many bots are started at once, so that a small machine is not drowned. */
  startsAtOnceMax: (settings: z.output<Settings>) => number;
  connect(settings: z.output<Settings>): Promise<ConnectedTarget>;
};

export function defineTarget<Settings extends z.ZodType>(
  definition: Omit<TargetDefinition<Settings>, 'specificationVersion'>,
): TargetDefinition<Settings> {
  return { specificationVersion: 1, ...definition };
}

/** Why a workload must not be applied where this copy is obeyed, or undefined when it may. */
export function whyNotApply(obeyed: Copy | undefined, { copy }: Pick<Workload, 'copy'>): string | undefined {
  if (obeyed?.id !== copy.id || obeyed.epoch <= copy.epoch) return undefined;
  return 'The bot obeys a newer copy of this Clawster, which was restored from a backup';
}
