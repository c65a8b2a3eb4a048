import type { OperationKind } from '@clawster/contract/operation';
import type { RuntimePhase } from '@clawster/contract/runtime';
import type { Facts } from '@clawster/domain/bot/plan';
import { Report } from '@clawster/link/report';
import { silenceMsMax } from '@clawster/domain/bot/phase';
import type { ConnectedTarget, Copy } from '@clawster/target/target';
import { sql } from 'kysely';
import { obeysNewer } from '../installation/overtaken.ts';
import { isLinked } from '../link/is-linked.ts';
import type { ControlPlane, TargetRow } from '../plane.ts';
import { readAs } from '../query.ts';
import type { Tx } from '../transaction.ts';
import type { LeasedBot } from './lease-bots.ts';

const inspectMs = 15_000;

export type Observed = {
  /** When, by the database's clock: all that is compared with it was written by that. */
  at: Date;
  target: TargetRow;
  connected?: ConnectedTarget;
  facts: Facts;
  runtime: { phase: RuntimePhase; message: string; progress?: number; nextTryAt: Date };
  link: { connected: boolean; epoch: number; silentSince: Date };
  /** Why its host obeys someone else, in a sentence. */
  declined?: string | undefined;
  /** The newer copy of this installation that the bot's host was seen to obey. */
  newer?: Copy | undefined;
  report?: Report;
  /** The operation for which the bot stands still. */
  heldBy?: OperationKind | undefined;
};

/** Looks at a bot from all sides: its target is asked, and what its link said last is read. Changes nothing. */
export async function observe(plane: ControlPlane, bot: LeasedBot): Promise<Observed> {
  const rows = await readAs(plane, bot.workspaceId, async (tx) => ({
    ...(await readRows(tx, bot)),
    isLinked: await isLinked(tx, plane, bot.id),
  }));
  const { now } = rows.target;
  const { seen, connected } = await inspect(plane, rows.target, bot.id);
  const report = Report.safeParse(rows.link?.report).data;
  const runtime = runtimeOf(rows, connected, now);
  const newer = newerCopy(seen, rows.target);
  const overtaken = newer !== undefined || rows.target.overtakenBy !== null;
  return {
    at: now,
    target: rows.target,
    ...(connected ? { connected } : {}),
    ...(report ? { report } : {}),
    heldBy: rows.heldBy,
    runtime,
    link: { connected: rows.isLinked, epoch: rows.link?.epoch ?? 0, silentSince: silentSince(rows, bot) },
    declined: overtaken ? obeysNewer : (rows.link?.declined ?? undefined),
    newer,
    facts: {
      seen,
      runtime: runtime.phase,
      enrolment: enrolmentOf(rows, bot),
      link: { ...linkFacts(rows, bot, now), connected: rows.isLinked },
      report: report && {
        generation: report.generation,
        settled: ['ready', 'degraded', 'failed'].includes(report.state),
      },
      slotFree: true,
      mayRetry: mayRetry(bot.status, seen, now),
      overtaken,
      restored: bot.restoredAt !== null,
    },
  };
}

/** After a step that failed, all waits; after a process that ended, only its next start: what runs by now waits for nothing. */
function mayRetry({ retry }: LeasedBot['status'], seen: Observed['facts']['seen'], now: Date): boolean {
  if (!retry || new Date(retry.at) <= now) return true;
  return retry.message === undefined && seen.state === 'running';
}

type Rows = Awaited<ReturnType<typeof readRows>>;

function runtimeOf({ runtime }: Rows, target: ConnectedTarget | undefined, now: Date): Observed['runtime'] {
  if (target?.bringsRuntime) return { phase: 'installed', message: 'Comes with its target', nextTryAt: now };
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
    .select([
      sql<string>`(select id from installation)`.as('installationId'),
      sql<number>`(select epoch from installation)`.as('epoch'),
      sql<number | null>`(select overtaken_by from installation)`.as('overtakenBy'),
      sql<Date>`now()`.as('now'),
    ])
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

function linkFacts(rows: Rows, bot: LeasedBot, now: Date) {
  return { configuredGeneration: rows.link?.configuredGeneration ?? 0, lost: isLost(rows, bot, now) };
}

const toldAgainMs = 60_000;

/** Silent for so long that it may look for us where we were before, and not told for a while where we are. */
function isLost(rows: Rows, bot: LeasedBot, now: Date): boolean {
  const toldAt = bot.status.addressToldAt ? new Date(bot.status.addressToldAt).getTime() : 0;
  return now.getTime() - silentSince(rows, bot).getTime() > silenceMsMax && now.getTime() - toldAt > toldAgainMs;
}

function newerCopy(seen: Facts['seen'], own: { installationId: string; epoch: number }): Copy | undefined {
  const copy = 'copy' in seen ? seen.copy : undefined;
  return copy?.id === own.installationId && copy.epoch > own.epoch ? copy : undefined;
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
