import type { Bot, BotPhase, BotSpec, BotStatus } from '@clawster/contract/bot';
import type { Labels } from '@clawster/contract/label';
import type { OperationKind } from '@clawster/contract/operation';
import { diskBytesMaxUsual } from '@clawster/contract/disk';
import { compileOnce } from '@clawster/database/compile-once';
import type { Db } from '@clawster/database/open';
import { Refusal } from '@clawster/domain/refusal';
import { silenceMsMax } from '@clawster/domain/bot/phase';
import { sql } from 'kysely';
import { isVisible } from '../is-visible.ts';
import type { Tx } from '../transaction.ts';

/** Phases that claim something was heard lately: past its deadline the claim reads *unknown*. */
const claims = ['ready', 'degraded'];
const stale = sql<boolean>`(bot.phase in (${sql.join(claims)}) and coalesce(link.last_seen_at, link.disconnected_at, bot.phase_since)
  < now() - make_interval(secs => ${silenceMsMax / 1000 + 5}))`;

/** The phase as it may be told now: what was not heard from in time is unknown, also when no loop has noticed yet. */
export const currentPhase = sql<BotPhase>`(case when ${stale} then 'unknown' else bot.phase end)`;

/** Bots of the transaction's workspace with what belongs to them; the base of every read. */
export function selectBots(tx: Db) {
  return tx
    .selectFrom('bot')
    .innerJoin('target', 'target.id', 'bot.targetId')
    .innerJoin('connector', 'connector.id', 'bot.connectorId')
    .leftJoin('link', 'link.botId', 'bot.id')
    .leftJoin('operation', 'operation.id', 'bot.operationId')
    .select([
      'bot.id',
      'bot.name',
      'bot.labels',
      'bot.targetId',
      'bot.spec',
      'bot.generation',
      'bot.status',
      'bot.phaseSince',
      'bot.stateKeptUntil',
      'bot.createdAt',
      'bot.updatedAt',
      'target.name as targetName',
      'connector.name as connectorName',
      'bot.operationId',
      'operation.kind as operationKind',
      'link.lastSeenAt',
      currentPhase.as('currentPhase'),
      stale.as('stale'),
    ]);
}

type BotRow = Awaited<ReturnType<ReturnType<typeof selectBots>['executeTakeFirstOrThrow']>>;

/** A spec as it is stored, with what was not known yet when it was. */
export function specOf(stored: unknown): BotSpec {
  return {
    diskBytesMax: diskBytesMaxUsual,
    disconnect: 'keep',
    drift: 'revert',
    capture: 'inherit',
    profileIds: [],
    settings: {},
    ...(stored as Omit<BotSpec, 'diskBytesMax' | 'disconnect' | 'drift' | 'capture' | 'profileIds' | 'settings'>),
  };
}

const botById = compileOnce((tx, { botId }: { botId: string }) =>
  selectBots(tx).where('bot.id', '=', botId).where(isVisible('bot')).compile(),
);

export async function getBot(tx: Tx, botId: string): Promise<Bot> {
  const [row] = await botById(tx, { botId });
  if (!row) throw notFound();
  return toBot(row);
}

export function notFound(): Refusal {
  return new Refusal('not-found', 'There is no such bot in this workspace');
}

export function toBot(row: BotRow): Bot {
  return {
    id: row.id,
    name: row.name,
    targetId: row.targetId,
    targetName: row.targetName,
    connectorName: row.connectorName,
    labels: row.labels as Labels,
    generation: row.generation,
    spec: specOf(row.spec),
    status: statusOf(row),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    ...(row.operationId ? { operation: { id: row.operationId, kind: row.operationKind as OperationKind } } : {}),
    ...(row.stateKeptUntil ? { stateKeptUntil: row.stateKeptUntil.toISOString() } : {}),
  };
}

/** As it was stored; what the loop keeps in it beside stays inside at the door, where all that leaves is parsed. */
function statusOf(row: BotRow): BotStatus {
  const status = { ...(row.status as BotStatus), phase: row.currentPhase, since: row.phaseSince.toISOString() };
  if (row.stale) status.reason = 'Not heard from; the bot may well be working';
  if (row.lastSeenAt) status.lastSeenAt = row.lastSeenAt.toISOString();
  return status;
}

const rowForUpdate = compileOnce((tx, { botId }: { botId: string }) =>
  tx
    .selectFrom('bot')
    .selectAll()
    .select(
      sql<OperationKind | null>`(select kind from operation where operation.id = bot.operation_id)`.as('operationKind'),
    )
    .where('id', '=', botId)
    .where(isVisible('bot'))
    .forUpdate()
    .compile(),
);

/** The bot's row, locked for the change at hand. */
export async function lockBot(tx: Tx, botId: string) {
  const [row] = await rowForUpdate(tx, { botId });
  if (!row) throw notFound();
  return { ...row, spec: specOf(row.spec), labels: row.labels as Labels, phase: row.phase as BotPhase };
}

/** What the rules ask of a locked bot before it is changed. */
export function factsOf({ phase, spec, operationKind }: Awaited<ReturnType<typeof lockBot>>) {
  return { phase, desired: spec.desired, operation: operationKind ?? undefined };
}

/** Writes a new spec under a higher generation and lets the loop take it up at once, with its failures forgotten. */
export async function writeSpec(
  tx: Tx,
  bot: { id: string; generation: number },
  change: { spec: BotSpec; connectorId?: string; anew?: boolean; restart?: boolean; stateKeptUntil?: Date },
): Promise<void> {
  await tx
    .updateTable('bot')
    .set({
      spec: change.spec,
      generation: bot.generation + 1,
      updatedAt: sql<Date>`now()`,
      reconcileAt: sql<Date>`now()`,
      failures: 0,
      status: sql<Record<string, unknown>>`status - 'retry'`,
      // Whoever wants it to run from now on knows where it is, or that it is nowhere.
      ...(change.spec.desired === 'running' ? { restoredAt: null } : {}),
      ...(change.connectorId ? { connectorId: change.connectorId } : {}),
      ...(change.anew ? { workloadGeneration: sql<number>`workload_generation + 1` } : {}),
      ...(change.restart ? { restartCount: sql<number>`restart_count + 1` } : {}),
      ...(change.stateKeptUntil ? { stateKeptUntil: change.stateKeptUntil } : {}),
    })
    .where('id', '=', bot.id)
    .execute();
}
