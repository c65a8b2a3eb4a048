import type { TelegramRelay } from './channels/telegram-relay.ts';
import type { CredentialProofs } from './credentials/credential-proofs.ts';
import type { BotFolder } from './gateway/folder.ts';
import type { Log } from './host/log.ts';
import type { ModelGateway } from './model-gateway/model-gateway.ts';
import type { KnownGoodStore } from './gateway/known-good.ts';
import type { Secrets } from './secrets.ts';
import type { Spool } from './telemetry/spool.ts';
import type { Status } from './status.ts';
import type { Team } from './team/team.ts';
import type { Capture } from '@clawster/link/span';
import type { Workload } from './workload.ts';

/** How long this supervisor waits for what; shorter in tests. */
export type Timing = {
  /** A gateway that is not well this long after a change of its configuration gets the one before back. */
  applyDeadlineMs: number;
  /** A gateway that worked this long has shown that it lasts. */
  calmMs: number;
  /** How often the disk is looked at. */
  diskLookMs: number;
  /** How often it is looked whether somebody else changed what was written. */
  driftLookMs: number;
  /** How often a credential is asked about, at first and once it was told that it is stuck; and when that is. */
  proof: { firstMs: number; laterMs: number; deadlineMs: number };
  /** A turn that began so long ago without the team's tools has not got them. */
  teamToolsMs: number;
};
export const usualTiming: Timing = {
  applyDeadlineMs: 90_000,
  calmMs: 10 * 60_000,
  diskLookMs: 30_000,
  driftLookMs: 15_000,
  proof: { firstMs: 1_000, laterMs: 30_000, deadlineMs: 120_000 },
  teamToolsMs: 60_000,
};

/** What the parts of one supervisor share. */
export type Host = {
  workload: Workload;
  folder: BotFolder;
  log: Log;
  status: Status;
  spool: Spool;
  secrets: Secrets;
  /** Secrets made here, such as the virtual model key: they are no business of the control plane. */
  ownSecrets: Record<string, string>;
  modelGateway: ModelGateway;
  telegramRelay: TelegramRelay;
  knownGood: KnownGoodStore;
  proofs: CredentialProofs;
  team: Team;
  timing: Timing;
  /** How much of conversations may leave this host, as it was said last. */
  capture: { current: Capture };
};
