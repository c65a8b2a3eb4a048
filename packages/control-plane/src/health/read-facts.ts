import type { BotPhase, BotSpec } from '@clawster/contract/bot';
import { diskBytesMaxUsual } from '@clawster/contract/disk';
import type { OperationKind } from '@clawster/contract/operation';
import type { HealthFacts, HealthReport, Seen } from '@clawster/domain/health/facts';
import { type Restarts, restartsAfter } from '@clawster/domain/health/restarts';
import { ChannelState } from '@clawster/link/channel';
import { z } from 'zod';
import type { HealthRow } from './select-facts.ts';

const Evidence = z.object({ source: z.string(), ok: z.boolean(), text: z.string(), at: z.coerce.date() });
/** Of a report, what health is told by; another version of the supervisor may say less. */
const Told = z.object({
  state: z.string(),
  reason: z.string(),
  evidence: z.array(Evidence).catch([]),
  channels: z.array(ChannelState).catch([]),
  diskBytes: z.number().nullish(),
  restartCount: z.number().nullish(),
  refused: z.string().nullish(),
  drift: z.boolean().nullish(),
  spool: z.object({ items: z.int(), oldestAt: z.coerce.date() }).nullish(),
});
type Told = z.infer<typeof Told>;

/** What was read of a bot, as the rules take it; with what is to be remembered of its restarts. */
export function factsIn(row: HealthRow): { facts: HealthFacts; restarts: Restarts } {
  const told = Told.safeParse(row.report).data;
  const restarts = restartsAfter(restartsBefore(row), told?.restartCount ?? undefined, row.now);
  const facts = {
    desired: row.desired as BotSpec['desired'],
    phase: row.phase as BotPhase,
    reason: row.reason,
    phaseSince: row.phaseSince,
    heldBy: (row.operationKind ?? undefined) as OperationKind | undefined,
    process: Evidence.safeParse(row.process).data,
    link: { connected: row.replica !== null, isKnown: row.connectedAt !== null },
    heardAt: row.lastSeenAt ?? undefined,
    report: told && reportOf(told),
    diskBytesMax: row.diskBytesMax ?? diskBytesMaxUsual,
    restarts: restarts.at,
    ...workOf(row),
  };
  return { facts, restarts };
}

function workOf(row: HealthRow): Pick<HealthFacts, 'calls' | 'turns' | 'unanswered' | 'dropped'> {
  return {
    calls: {
      answeredAt: row.answeredAt ?? undefined,
      failedSince: row.failedSince ?? 0,
      failedAt: row.failedAt ?? undefined,
      failure: row.failure ?? undefined,
    },
    turns: {
      count: row.turns ?? 0,
      failed: row.turnsFailed ?? 0,
      usualCount: row.usualCount ?? 0,
      usualFailed: row.usualFailed ?? 0,
    },
    unanswered: { count: row.unanswered ?? 0, oldestAt: row.oldestAt ?? undefined },
    dropped: row.dropped,
  };
}

function reportOf({ evidence, diskBytes, refused, drift, spool, ...told }: Told): HealthReport {
  const last = (source: string): Seen | undefined => evidence.findLast((one) => one.source === source);
  return {
    state: told.state,
    reason: told.reason,
    channels: told.channels,
    gateway: last('gateway'),
    model: last('model'),
    diskBytes: diskBytes ?? undefined,
    refused: refused ?? undefined,
    // What was put back is none.
    isDrifted: drift === false,
    spool: spool ?? undefined,
  };
}

function restartsBefore({ restartCount, restarts }: HealthRow): Restarts | undefined {
  if (restartCount === null) return undefined;
  return { count: restartCount, at: z.array(z.coerce.date()).catch([]).parse(restarts) };
}
