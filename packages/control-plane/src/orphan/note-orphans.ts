import type { LyingBot } from '@clawster/target/target';
import { sql } from 'kysely';
import { change, keep } from '../change.ts';
import type { ControlPlane } from '../plane.ts';
import { systemQuery } from '../query.ts';
import type { Tx } from '../transaction.ts';

/** Beyond this, names help nobody. */
const orphansMax = 1_000;
/** Names told in an event. */
const toldMax = 10;

type Place = { id: string; workspaceId: string; name: string };

/**
 * Keeps which of these bots on a target nobody knows, as after a restore from a backup that was made before them, and
 * tells those of this Clawster that are found for the first time.
 */
export async function noteOrphans(plane: ControlPlane, target: Place, lying: readonly LyingBot[]): Promise<void> {
  const orphans = await systemQuery(plane, (tx) => compare(tx, target, lying));
  const found = await keep(plane, async (tx) => {
    const left = orphans.map((orphan) => [orphan.installation, orphan.botId].join(' '));
    await tx
      .deleteFrom('orphan')
      .where('targetId', '=', target.id)
      .where(sql<boolean>`(installation || ' ' || bot_id) <> all (${left}::text[])`)
      .execute();
    return orphans.length > 0 ? store(tx, orphans) : [];
  });
  if (found.length === 0) return;
  await change(plane, { workspaceId: target.workspaceId, job: 'probe-targets' }, ({ record }) =>
    record({
      type: 'target-orphans-found',
      subjectId: target.id,
      subjectName: target.name,
      detail: { count: found.length, names: found.slice(0, toldMax).map(({ name }) => name) },
    }),
  );
}

type Found = {
  workspaceId: string;
  targetId: string;
  installation: string;
  botId: string;
  name: string;
  runs: boolean;
  isOwn: boolean;
  since: Date | null;
};

async function compare(tx: Tx, target: Place, lying: readonly LyingBot[]): Promise<Found[]> {
  const known = await knownBots(tx, lying);
  const workspaces = await tx.selectFrom('workspace').select('id').execute();
  const isShared = await servesOthers(tx, target);
  const others = new Set(workspaces.map(({ id }) => id).filter((id) => id !== target.workspaceId));
  return lying
    .filter(({ botId, installation }) => installation !== undefined || !known.has(botId))
    .filter(({ workspaceId = '', installation }) => installation !== undefined || !others.has(workspaceId))
    .slice(0, orphansMax)
    .map((bot) => asRow(target, bot, isShared));
}

/** One that was removed moments ago may have been looked at before that. */
async function knownBots(tx: Tx, lying: readonly LyingBot[]): Promise<Set<string>> {
  const ids = lying.filter(({ installation }) => installation === undefined).map(({ botId }) => botId);
  const rows = await tx
    .selectFrom('bot')
    .select(sql<string>`id::text`.as('id'))
    .where(sql<boolean>`id::text = any(${ids}::text[])`)
    .where(sql<boolean>`(removed_at is null or removed_at > now() - interval '5 minutes')`)
    .execute();
  return new Set(rows.map(({ id }) => id));
}

/** Whether another workspace has bots on this very place, under whatever name. */
async function servesOthers(tx: Tx, { id }: Place): Promise<boolean> {
  const other = await tx
    .selectFrom('target')
    .innerJoin('target as other', (join) =>
      join.onRef('other.kind', '=', 'target.kind').onRef('other.workspaceId', '<>', 'target.workspaceId'),
    )
    .select('other.id')
    .where('target.id', '=', id)
    .whereRef('other.settings', '=', 'target.settings')
    .executeTakeFirst();
  return other !== undefined;
}

function asRow({ id, workspaceId }: Place, bot: LyingBot, isShared: boolean): Found {
  return {
    workspaceId,
    targetId: id,
    installation: bot.installation ?? '',
    botId: bot.botId,
    name: storable(bot.name),
    runs: bot.runs,
    isOwn: bot.workspaceId === workspaceId || bot.installation !== undefined || !isShared,
    since: bot.since === undefined ? null : new Date(bot.since),
  };
}

/** What lies there may say anything of itself; a database keeps no U+0000, and no half of a pair. */
function storable(name: string): string {
  return name.replaceAll('\0', '\ufffd').slice(0, 200).toWellFormed();
}

/** Those of this Clawster that were not there before: of several who look at once, one is told. */
async function store(tx: Tx, orphans: Found[]): Promise<{ name: string }[]> {
  const stored = await tx
    .insertInto('orphan')
    .values(orphans)
    .onConflict((conflict) =>
      conflict.columns(['targetId', 'installation', 'botId']).doUpdateSet((row) => ({
        name: row.ref('excluded.name'),
        runs: row.ref('excluded.runs'),
        isOwn: row.ref('excluded.isOwn'),
        since: row.ref('excluded.since'),
      })),
    )
    .returning(['name', 'installation', sql<boolean>`xmax = 0`.as('isNew')])
    .execute();
  return stored.filter(({ installation, isNew }) => isNew && installation === '');
}
