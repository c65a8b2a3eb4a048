import assert from 'node:assert/strict';
import type { OperationKind } from '@clawster/contract/operation';
import type { RuntimePhase } from '@clawster/contract/runtime';
import { sql } from 'kysely';
import type { ControlPlane } from '../plane.ts';
import { isAlive } from '../replica/replica.queries.ts';
import type { Tx } from '../transaction.ts';

/** What the database knows of these bots beside their own rows, by their ids: for many it is one question. */
export async function readFacts(
  tx: Tx,
  { links, settings }: Pick<ControlPlane, 'links' | 'settings'>,
  botIds: string[],
): Promise<Map<string, StoredFacts>> {
  const rows = await selectFacts(tx, settings.replica)
    .where(sql<boolean>`bot.id = any(${botIds}::uuid[])`)
    .execute();
  return new Map(rows.map((row) => [row.botId, factsIn(row, links.holds(row.botId))]));
}

export type StoredFacts = ReturnType<typeof factsIn>;

export function factsOf({ id }: { id: string }, facts: Map<string, StoredFacts>): StoredFacts {
  const stored = facts.get(id);
  assert(stored, 'A bot has a target, and there is an installation');
  return stored;
}

/** Bots with what the database knows of them beside their own rows. */
export function selectFacts(tx: Tx, replica: string) {
  return tx
    .selectFrom('bot')
    .innerJoin('target', 'target.id', 'bot.targetId')
    .innerJoin('installation', (join) => join.onTrue())
    .leftJoin('link', 'link.botId', 'bot.id')
    .leftJoin('replica', (join) =>
      join.onRef('replica.id', '=', 'link.replica').on('replica.id', '<>', replica).on(isAlive),
    )
    .leftJoin('runtime', (join) => join.on(sql<boolean>`runtime.version = bot.spec->>'runtimeVersion'`))
    .leftJoin('operation', 'operation.id', 'bot.operationId')
    .select([
      'bot.id as botId',
      sql<Date>`now()`.as('now'),
      'target.id as targetId',
      'target.kind',
      'target.settings',
      'installation.id as installationId',
      'installation.epoch as copyEpoch',
      'installation.overtakenBy',
      'link.epoch as linkEpoch',
      'link.report',
      'link.configuredGeneration',
      'link.declined',
      // The revisions are asked where it matters alone, which is hardly ever.
      sql<string | null>`case when link.report->'refused'->>'runtimeVersion' = bot.spec->>'runtimeVersion'
        then (select revision.spec->>'runtimeVersion' from revision where revision.bot_id = bot.id
          and revision.verdict = 'good' order by revision.number desc limit 1) end`.as('formerRuntime'),
      sql<Date | null>`coalesce(link.last_seen_at, link.disconnected_at, link.connected_at)`.as('heardAt'),
      'replica.id as heldElsewhere',
      'runtime.phase as runtimePhase',
      'runtime.message as runtimeMessage',
      'runtime.progress as runtimeProgress',
      'runtime.reconcileAt as runtimeTriedAt',
      'operation.kind as operationKind',
      sql<boolean>`exists (select from join_token where join_token.bot_id = bot.id
        and used_at is null and expires_at > now())`.as('tokenIsGood'),
    ]);
}

type FactRow = Awaited<ReturnType<ReturnType<typeof selectFacts>['executeTakeFirstOrThrow']>>;

/** What such a row says beside the bot's own columns. */
export function factsIn(row: FactRow, isHeldHere: boolean) {
  return {
    /** When this was read, by the database's clock. */
    now: row.now,
    target: { id: row.targetId, kind: row.kind, settings: row.settings },
    copy: { id: row.installationId, epoch: row.copyEpoch },
    /** The epoch of the newest copy that was seen at work, if any was. */
    overtakenBy: row.overtakenBy,
    link: {
      connected: isHeldHere || row.heldElsewhere !== null,
      epoch: row.linkEpoch ?? 0,
      report: row.report,
      configuredGeneration: row.configuredGeneration ?? 0,
      declined: row.declined,
      heardAt: row.heardAt,
    },
    runtime: {
      phase: (row.runtimePhase ?? 'absent') as RuntimePhase,
      message: row.runtimeMessage ?? '',
      progress: row.runtimeProgress,
      triedAt: row.runtimeTriedAt,
    },
    tokenIsGood: row.tokenIsGood,
    /** That of its last good revision, where its gateway does not come up with the one it has. */
    formerRuntime: row.formerRuntime ?? undefined,
    heldBy: (row.operationKind ?? undefined) as OperationKind | undefined,
  };
}
