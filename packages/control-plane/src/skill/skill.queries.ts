import type { Actor } from '@clawster/contract/event';
import { authorName } from '@clawster/domain/audit/author-name';
import type { Skill, SkillDetail, SkillFinding } from '@clawster/contract/skill';
import { layersOf } from '@clawster/domain/config/layers-of';
import { Refusal } from '@clawster/domain/refusal';
import { pinOf } from '@clawster/domain/skill/pin';
import { pinsOf } from '@clawster/domain/skill/pins';
import { sql } from 'kysely';
import { readConfigured } from '../configuration/configured-bot.ts';
import { readLayers } from '../configuration/layer-store.ts';
import { isVisible } from '../is-visible.ts';
import type { Tx } from '../transaction.ts';

export function selectSkills(tx: Tx) {
  return tx
    .selectFrom('skill')
    .select(['name', 'digest', 'description', 'findings', 'held', 'author', 'approvedBy', 'builtIn', 'createdAt'])
    .select(sql<number>`length(files::text)`.as('characters'))
    .where(isVisible('skill'));
}
type SkillRow = Awaited<ReturnType<ReturnType<typeof selectSkills>['executeTakeFirstOrThrow']>>;

/** How many bots name each version, by its pin. */
export async function usesOf(tx: Tx, workspaceId: string): Promise<Map<string, number>> {
  const bots = await readConfigured(tx, workspaceId);
  const store = await readLayers(tx, workspaceId, bots);
  const uses = new Map<string, number>();
  for (const bot of bots)
    for (const pin of pinsOf(layersOf(bot, store).layers)) uses.set(pin, (uses.get(pin) ?? 0) + 1);
  return uses;
}

/** One version with its files; refuses when there is none. */
export async function getSkill(
  tx: Tx,
  workspaceId: string,
  { name, digest }: { name: string; digest: string },
): Promise<SkillDetail> {
  const row = await selectSkills(tx)
    .select('files')
    .where('name', '=', name)
    .where('digest', '=', digest)
    .executeTakeFirst();
  if (!row) throw new Refusal('not-found', 'There is no such version of a skill in this workspace');
  return { ...toSkill(row, await usesOf(tx, workspaceId)), files: row.files as Record<string, string> };
}

export function toSkill(row: SkillRow, uses: ReadonlyMap<string, number>): Skill {
  const { name, digest, description, characters } = row;
  return {
    name,
    digest,
    description,
    status: row.held ? 'held' : 'ready',
    findings: row.findings as SkillFinding[],
    characters,
    author: authorName(row.author as Actor),
    ...(row.approvedBy ? { approvedBy: authorName(row.approvedBy as Actor) } : {}),
    builtIn: row.builtIn,
    botCount: uses.get(pinOf(row)) ?? 0,
    createdAt: row.createdAt.toISOString(),
  };
}
