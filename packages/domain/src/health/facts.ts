import type { BotPhase, BotSpec } from '@clawster/contract/bot';
import type { OperationKind } from '@clawster/contract/operation';
import type { SeenChannel } from '../channel/status.ts';

/** Something that was seen, and when. */
export type Seen = { ok: boolean; text: string; at: Date };

/** What the supervisor said last, as far as health needs it. */
export type HealthReport = {
  state: string;
  reason: string;
  gateway?: Seen | undefined;
  model?: Seen | undefined;
  channels: SeenChannel[];
  diskBytes?: number | undefined;
  /** Why what was asked for last is not in force. */
  refused?: string | undefined;
  /** Somebody else changed the bot on its host, and that is left so. */
  isDrifted: boolean;
  /** What of telemetry is not acknowledged. */
  spool?: { items: number; oldestAt: Date } | undefined;
};

/** All that is known of a bot's health, whoever saw it. */
export type HealthFacts = {
  desired: BotSpec['desired'];
  phase: BotPhase;
  reason: string;
  phaseSince: Date;
  /** What keeps it from running whatever is wanted. */
  heldBy?: OperationKind | undefined;
  /** What its target said of its process. */
  process?: Seen | undefined;
  link: { connected: boolean; /** Whether it ever dialled in. */ isKnown: boolean };
  /** When its supervisor said something last. */
  heardAt?: Date | undefined;
  report?: HealthReport | undefined;
  diskBytesMax: number;
  /** When its gateway was started again within the last hour. */
  restarts: Date[];
  /** Calls of its model: the last one that was answered, and those that failed since. */
  calls: {
    answeredAt?: Date | undefined;
    failedSince: number;
    failedAt?: Date | undefined;
    failure?: string | undefined;
  };
  /** Of the last hour, and of the fortnight before. */
  turns: { count: number; failed: number; usualCount: number; usualFailed: number };
  /** Messages of the last hour that have waited for long enough. */
  unanswered: { count: number; oldestAt?: Date | undefined };
  /** Items of telemetry that its host let go within the last hour. */
  dropped: number;
};
