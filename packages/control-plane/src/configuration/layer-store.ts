import type { BotSpec } from '@clawster/contract/bot';
import type { Document } from '@clawster/contract/document';
import type { Labels } from '@clawster/contract/label';
import type { TemplateContent } from '@clawster/contract/template';
import type { LayerStore, StoredOverlay, StoredProfile, StoredTemplate } from '@clawster/domain/config/layers-of';
import { sql } from 'kysely';
import { readChannelBudgets } from '../budget/budgets-for.ts';
import { readChannels } from '../channel/channel-store.ts';
import { readTeams } from '../team/team-store.ts';
import type { Tx } from '../transaction.ts';

/**
 * Lets either many bots change, or one of the layers they share: a bot that is made while a layer changes would have
 * neither the old nor the new one for sure. Held until the transaction ends.
 */
export async function lockLayers(tx: Tx, workspaceId: string, to: 'use' | 'change'): Promise<void> {
  const key = sql`hashtextextended(${`layers ${workspaceId}`}, 0)`;
  await (
    to === 'change' ? sql`select pg_advisory_xact_lock(${key})` : sql`select pg_advisory_xact_lock_shared(${key})`
  ).execute(tx);
}

/** All that these bots of a workspace take their layers from, as it is now; of templates the versions they hold on to. */
export async function readLayers(
  tx: Tx,
  workspaceId: string,
  bots: readonly { spec: Pick<BotSpec, 'template'> }[],
): Promise<LayerStore> {
  const profiles = await tx
    .selectFrom('profile')
    .select(['id', 'name', 'priority', 'selector', 'settings', 'locked', 'version'])
    .where('workspaceId', '=', workspaceId)
    .orderBy('name')
    .execute();
  const overlays = await tx
    .selectFrom('overlay')
    .select(['id', 'name', 'priority', 'selector', 'settings', 'botId', 'version'])
    .where('workspaceId', '=', workspaceId)
    .orderBy('name')
    .execute();
  const skills = await tx
    .selectFrom('skill')
    .select(['name', 'digest', 'held'])
    .where('workspaceId', '=', workspaceId)
    .execute();
  return {
    skills: new Map(skills.map(({ name, digest, held }) => [`${name}@${digest}`, held ? 'held' : 'ready'])),
    profiles: profiles.map((row): StoredProfile => ({ ...row, ...documentsOf(row) })),
    overlays: overlays.map((row): StoredOverlay => ({ ...row, ...documentsOf(row), botId: row.botId ?? undefined })),
    templates: await readTemplates(tx, workspaceId, bots),
    channels: await readChannels(tx, workspaceId),
    channelBudgets: await readChannelBudgets(tx, workspaceId),
    teams: await readTeams(tx, workspaceId),
  };
}

async function readTemplates(
  tx: Tx,
  workspaceId: string,
  bots: readonly { spec: Pick<BotSpec, 'template'> }[],
): Promise<StoredTemplate[]> {
  const held = new Set(
    bots.flatMap(({ spec: { template } }) => (template ? [`${template.id}@${template.version}`] : [])),
  );
  if (held.size === 0) return [];
  const rows = await tx
    .selectFrom('templateVersion')
    .select(['templateId', 'version', 'name', 'content'])
    .where('workspaceId', '=', workspaceId)
    .where(sql<boolean>`template_id || '@' || version = any(${[...held]}::text[])`)
    .execute();
  // As it was checked when it was written.
  return rows.map(({ templateId, content, ...row }) => ({
    ...row,
    id: templateId,
    content: content as TemplateContent,
  }));
}

function documentsOf({ selector, settings }: { selector: unknown; settings: unknown }) {
  return { selector: (selector ?? undefined) as Labels | undefined, settings: settings as Document };
}
