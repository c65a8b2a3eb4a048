import { bookTargets } from '../cost/book-targets.ts';
import { watchSpikes } from '../cost/watch-spikes.ts';
import { watchInbox } from '../inbox/watch-inbox.ts';
import { sendNotices } from '../notifier/send-notices.ts';
import { forgetIdempotencyKeys } from '../idempotency/forget-keys.ts';
import { checkConnectors } from '../connector/check-connectors.ts';
import { sendCheckpoints } from '../audit-sink/send-checkpoints.ts';
import { advanceGoals } from '../goal/advance-goals.ts';
import { advanceDelegations } from '../delegation/advance-delegations.ts';
import { cancelHalted } from '../delegation/cancel-halted.ts';
import { tellBots } from '../delegation/tell-bots.ts';
import { watchBudgets } from '../budget/watch-budgets.ts';
import { forgetEvents } from '../audit-retention/forget-events.ts';
import { sealEvents } from '../audit/seal-events.ts';
import { keepEgress } from '../egress/keep-egress.ts';
import { exportTelemetry } from '../exporter/export-telemetry.ts';
import { sendAccountMails } from '../mail/send-account-mails.ts';
import { sendMails } from '../mail/send-mails.ts';
import { expireOverlays } from '../overlay/expire-overlays.ts';
import { advanceOperations } from '../operation/advance-operations.ts';
import { stopLostOperations } from '../operation/stop-lost-operations.ts';
import { advanceKeyJobs } from '../key/advance-key-jobs.ts';
import { watchHealth } from '../health/watch-health.ts';
import { unlessOvertaken } from '../installation/overtaken.ts';
import type { ControlPlane } from '../plane.ts';
import { restingMs } from '../reconcile/next-look.ts';
import { reconcileBots, watchRestingBots } from '../reconcile/reconcile-bots.ts';
import { removeExpiredState } from '../reconcile/remove-expired-state.ts';
import { followSources } from '../secret/follow-sources.ts';
import { warnOfDueSecrets } from '../secret/warn-of-due.ts';
import { keepBuiltInSkills } from '../skill/keep-built-in-skills.ts';
import { showPresence } from '../replica/show-presence.ts';
import { advanceRotations } from '../rotation/advance-rotations.ts';
import { scanSecrets } from '../scan/scan-secrets.ts';
import { installRuntimes } from '../runtime/install-runtimes.ts';
import { prepareMissingPlugins } from '../runtime/prepare-plugins.ts';
import { keepPartitions } from '../span/keep-partitions.ts';
import { removeOrphans } from '../orphan/remove-orphans.ts';
import { probeTargets } from '../target/probe-targets.ts';

/** What calls for a loop while its pass goes on. */
export type Calls = {
  /** Resolves at the next call, at once when one came that no look was made after. */
  next(): Promise<void>;
  /** Says that a look is made now, which sees whatever was called for until now. */
  looking(): void;
};

/** A pass takes no input: it looks for what is due, so a missed signal costs `everyMs` and nothing more. */
export type Loop = {
  name: string;
  everyMs: number;
  wakesOn: string[];
  pass: (plane: ControlPlane, signal: AbortSignal, calls: Calls) => Promise<void>;
  /** A pass that takes longer hangs, and the replica is not ready; absent: ten minutes. */
  passMinutesMax?: number;
  /** Runs in every process, whatever its roles. */
  everywhere?: true;
};

/** All moving parts of the product. */
export const loops: Loop[] = [
  { name: 'show-presence', everyMs: 3_000, wakesOn: [], pass: showPresence, everywhere: true },
  {
    name: 'reconcile-bots',
    everyMs: 1_000,
    wakesOn: ['bot', 'connector', 'link', 'operation', 'runtime'],
    pass: reconcileBots,
  },
  { name: 'watch-resting-bots', everyMs: restingMs, wakesOn: [], pass: watchRestingBots },
  { name: 'watch-health', everyMs: 15_000, wakesOn: [], pass: unlessOvertaken(watchHealth) },
  {
    name: 'advance-operations',
    // As soon as a step that waits is looked at again.
    everyMs: 500,
    wakesOn: ['operation'],
    pass: (plane, signal) => advanceOperations(plane, signal),
    // As long as operations follow one another; what hangs in one is ended by itself.
    passMinutesMax: 24 * 60,
  },
  {
    name: 'stop-lost-operations',
    everyMs: 400,
    wakesOn: ['person', 'role', 'api-key', 'service-account', 'bot'],
    pass: stopLostOperations,
  },
  { name: 'install-runtimes', everyMs: 5_000, wakesOn: ['runtime'], pass: installRuntimes, passMinutesMax: 60 },
  { name: 'prepare-plugins', everyMs: 15_000, wakesOn: [], pass: prepareMissingPlugins, passMinutesMax: 60 },
  { name: 'probe-targets', everyMs: 30_000, wakesOn: ['setup', 'target'], pass: probeTargets },
  {
    name: 'keep-egress',
    everyMs: 10_000,
    wakesOn: ['bot', 'profile', 'overlay', 'template', 'channel', 'connector'],
    pass: unlessOvertaken(keepEgress),
  },
  { name: 'check-connectors', everyMs: 30_000, wakesOn: [], pass: unlessOvertaken(checkConnectors) },
  // A copy that was overtaken must not mail what the newer one mails.
  { name: 'send-mails', everyMs: 5_000, wakesOn: ['invitation', 'mail'], pass: unlessOvertaken(sendMails) },
  { name: 'send-account-mails', everyMs: 5_000, wakesOn: ['mail'], pass: unlessOvertaken(sendAccountMails) },
  { name: 'forget-idempotency-keys', everyMs: 10 * 60_000, wakesOn: [], pass: forgetIdempotencyKeys },
  // Within a second of the change, whoever woke nobody.
  { name: 'seal-events', everyMs: 400, wakesOn: [], pass: sealEvents },
  {
    name: 'forget-events',
    everyMs: 60 * 60_000,
    wakesOn: ['audit'],
    pass: unlessOvertaken((plane, signal) => forgetEvents(plane, signal)),
  },
  { name: 'send-checkpoints', everyMs: 5_000, wakesOn: ['audit'], pass: sendCheckpoints },
  {
    name: 'export-telemetry',
    everyMs: 2_000,
    wakesOn: ['exporter'],
    // A copy that was overtaken must not send what the newer one sends.
    pass: unlessOvertaken(exportTelemetry),
    // As long as there is something to send somewhere.
    passMinutesMax: 24 * 60,
  },
  { name: 'keep-built-in-skills', everyMs: 60 * 60_000, wakesOn: [], pass: unlessOvertaken(keepBuiltInSkills) },
  {
    name: 'keep-partitions',
    everyMs: 60 * 60_000,
    wakesOn: [],
    pass: (plane, signal) => keepPartitions(plane, signal),
  },
  { name: 'expire-overlays', everyMs: 5_000, wakesOn: ['overlay'], pass: unlessOvertaken(expireOverlays) },
  { name: 'watch-budgets', everyMs: 5_000, wakesOn: ['budget'], pass: unlessOvertaken(watchBudgets) },
  { name: 'watch-inbox', everyMs: 2_000, wakesOn: ['inbox', 'link'], pass: unlessOvertaken(watchInbox) },
  // A copy that was overtaken must not tell what the newer one tells.
  { name: 'send-notices', everyMs: 5_000, wakesOn: ['inbox', 'notifier', 'mail'], pass: unlessOvertaken(sendNotices) },
  {
    name: 'advance-delegations',
    // As soon as a retry or somebody who becomes free is looked for.
    everyMs: 500,
    wakesOn: ['delegation'],
    pass: unlessOvertaken(advanceDelegations),
    // As long as there is something to give out.
    passMinutesMax: 24 * 60,
  },
  { name: 'cancel-halted', everyMs: 1_000, wakesOn: ['fleet'], pass: unlessOvertaken(cancelHalted) },
  { name: 'tell-bots', everyMs: 500, wakesOn: ['delegation', 'inbox', 'link'], pass: unlessOvertaken(tellBots) },
  {
    name: 'advance-goals',
    everyMs: 2_000,
    wakesOn: ['goal', 'task', 'delegation', 'team'],
    pass: unlessOvertaken(advanceGoals),
  },
  {
    name: 'advance-key-jobs',
    everyMs: 2_000,
    wakesOn: ['key'],
    pass: unlessOvertaken(advanceKeyJobs),
    passMinutesMax: 24 * 60,
  },
  { name: 'advance-rotations', everyMs: 2_000, wakesOn: ['rotation', 'bot'], pass: unlessOvertaken(advanceRotations) },
  // Together with how often each is due: a value is followed within five minutes.
  { name: 'follow-sources', everyMs: 60_000, wakesOn: [], pass: unlessOvertaken(followSources), passMinutesMax: 60 },
  { name: 'warn-of-due-secrets', everyMs: 60_000, wakesOn: ['secret'], pass: unlessOvertaken(warnOfDueSecrets) },
  {
    name: 'scan-secrets',
    everyMs: 60_000,
    wakesOn: ['scan'],
    pass: unlessOvertaken(scanSecrets),
    // As long as the largest disk takes at half a processor.
    passMinutesMax: 24 * 60,
  },
  { name: 'book-targets', everyMs: 5 * 60_000, wakesOn: ['target'], pass: unlessOvertaken(bookTargets) },
  { name: 'watch-spikes', everyMs: 5 * 60_000, wakesOn: [], pass: unlessOvertaken(watchSpikes) },
  { name: 'remove-orphans', everyMs: 5_000, wakesOn: ['target'], pass: unlessOvertaken(removeOrphans) },
  { name: 'remove-expired-state', everyMs: 60_000, wakesOn: [], pass: unlessOvertaken(removeExpiredState) },
];
