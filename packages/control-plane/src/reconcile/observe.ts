import type { OperationKind } from '@clawster/contract/operation';
import type { RuntimePhase } from '@clawster/contract/runtime';
import type { Facts } from '@clawster/domain/bot/plan';
import { Report } from '@clawster/link/report';
import type { ConnectedTarget } from '@clawster/target/target';
import { sql } from 'kysely';
import { isLinked } from '../link/is-linked.ts';
import type { ControlPlane, TargetRow } from '../plane.ts';
import { readAs } from '../query.ts';
import type { Tx } from '../transaction.ts';
import type { LeasedBot } from './lease-bots.ts';

const inspectMs = 15_000;

export type Observed = {
  target: TargetRow;
  connected?: ConnectedTarget;
  facts: Facts;
  runtime: { phase: RuntimePhase; message: string; progress?: number; nextTryAt: Date };
  link: { connected: boolean; epoch: number; silentSince: Date };
  report?: Report;
  /** The operation for which the bot stands still. */
  heldBy?: OperationKind | undefined;
};

/** Looks at a bot from all sides: its target is asked, and what its link said last is read. Changes nothing. */
export async function observe(plane: ControlPlane, bot: LeasedBot, now: Date): Promise<Observed> {
  const rows = await readAs(plane, bot.workspaceId, async (tx) => ({
    ...(await readRows(tx, bot)),
    isLinked: await isLinked(tx, plane, bot.id),
  }));
  const { seen, connected } = await inspect(plane, rows.target, bot.id);
  const report = Report.safeParse(rows.link?.report).data;
  const runtime = runtimeOf(rows, now);
  return {
    target: rows.target,
    ...(connected ? { connected } : {}),
    ...(report ? { report } : {}),
    heldBy: rows.heldBy,
    runtime,
    link: { connected: rows.isLinked, epoch: rows.link?.epoch ?? 0, silentSince: silentSince(rows, bot) },
    facts: {
      seen,
      runtime: runtime.phase,
      enrolment: enrolmentOf(rows, bot),
      link: { connected: rows.isLinked, configuredGeneration: rows.link?.configuredGeneration ?? 0 },
      report: report && {
        generation: report.generation,
        settled: ['ready', 'degraded', 'failed'].includes(report.state),
      },
      slotFree: true,
      mayRetry: !bot.status.retry || new Date(bot.status.retry.at) <= now,
    },
  };
}

type Rows = Awaited<ReturnType<typeof readRows>>;

function runtimeOf({ runtime }: Rows, now: Date): Observed['runtime'] {
  if (!runtime) return { phase: 'absent', message: '', nextTryAt: now };
  const phase = runtime.phase as RuntimePhase;
  return {
    phase,
    message: runtime.message,
    nextTryAt: runtime.reconcileAt,
    ...(typeof runtime.progress === 'number' && phase === 'installing' ? { progress: runtime.progress } : {}),
  };
}

function silentSince({ link }: Rows, bot: LeasedBot): Date {
  return link?.lastSeenAt ?? link?.disconnectedAt ?? bot.updatedAt;
}

function enrolmentOf({ tokenIsGood }: Rows, bot: LeasedBot): Facts['enrolment'] {
  if (bot.publicKey) return 'done';
  return tokenIsGood ? 'pending' : 'expired';
}

async function readRows(tx: Tx, bot: LeasedBot) {
  const target = await tx
    .selectFrom('target')
    .select(['id', 'kind', 'settings'])
    .where('id', '=', bot.targetId)
    .executeTakeFirstOrThrow();
  const link = await tx.selectFrom('link').selectAll().where('botId', '=', bot.id).executeTakeFirst();
  const runtime = await tx
    .selectFrom('runtime')
    .select(['phase', 'message', 'progress', 'reconcileAt'])
    .where('version', '=', bot.spec.runtimeVersion)
    .executeTakeFirst();
  const token = await tx
    .selectFrom('joinToken')
    .select('botId')
    .where('botId', '=', bot.id)
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', sql<Date>`now()`)
    .executeTakeFirst();
  const heldBy = bot.operationId === null ? undefined : await kindOf(tx, bot.operationId);
  return { target, link, runtime, tokenIsGood: token !== undefined, heldBy };
}

async function kindOf(tx: Tx, operationId: string): Promise<OperationKind> {
  const row = await tx.selectFrom('operation').select('kind').where('id', '=', operationId).executeTakeFirstOrThrow();
  return row.kind as OperationKind;
}

/** A target that cannot be asked is something seen, not a failure of the pass. */
async function inspect(
  plane: ControlPlane,
  target: TargetRow,
  botId: string,
): Promise<{ seen: Facts['seen']; connected?: ConnectedTarget }> {
  try {
    const connected = await withDeadline(plane.connectTarget(target), inspectMs);
    return { seen: await withDeadline(connected.inspect(botId), inspectMs), connected };
  } catch (error) {
    return { seen: { state: 'unreachable', reason: error instanceof Error ? error.message : String(error) } };
  }
}

/** Rejects when a target takes longer than it may: one that hangs must not hold up its bots for ever. */
export function withDeadline<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`The target did not answer within ${Math.round(ms / 1000)} s`)), ms);
  });
  return Promise.race([work, deadline]).finally(() => clearTimeout(timer));
}
