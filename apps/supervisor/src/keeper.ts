import type { Configure } from '@clawster/link/supervisor-methods';
import type { Running } from './gateway/bring-up.ts';
import type { Hold, HoldBy } from './orders.ts';

/** Keeps the gateway as the last configuration says, whatever happens to it. */
export type Keeper = {
  configure(wanted: Configure): void;
  /** The gateway that is up. */
  running(): Running | undefined;
  /** Since when there is a process of the gateway's, whether it is up or only starts. */
  runningSince(): number | undefined;
  /** What the bot is to be, once that is known. */
  wanted(): Configure | undefined;
  /** Ends the gateway and keeps it from running, or lets it run again; returns when that is so. */
  hold(by: HoldBy, hold: Hold | undefined): Promise<void>;
  /** Why the bot takes no turns just now, if that is wanted. */
  whyNoTurns(): string | undefined;
  /**
   * The emergency stop: returns when no model is called and, with `stop`, no gateway runs any more. Holds until something
   * newer than `generation` is wanted, or than what is known.
   */
  halt(mode: 'pause' | 'stop', generation?: number): Promise<void>;
  /** Looks, between two steps, whether somebody else changed what was written. */
  lookForDrift(): void;
  /** Ends the gateway and keeps it ended. */
  shutDown(): Promise<void>;
};
