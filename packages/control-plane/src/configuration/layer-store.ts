import type { Document } from '@clawster/contract/document';
import type { Labels } from '@clawster/contract/label';
import { TemplateContent } from '@clawster/contract/template';
import type { LayerStore, StoredOverlay, StoredProfile } from '@clawster/domain/config/layers-of';
import { sql } from 'kysely';
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

/** All that bots of a workspace take their layers from, as it is now; of templates the versions that bots hold on to. */
export async function readLayers(tx: Tx, workspaceId: string): Promise<LayerStore> {
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
  const templates = await tx
    .selectFrom('templateVersion')
    .select(['templateId', 'version', 'name', 'content'])
    .where('workspaceId', '=', workspaceId)
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
    templates: templates.map(({ templateId, content, ...row }) => ({
      ...row,
      id: templateId,
      content: TemplateContent.parse(content),
    })),
  };
}

function documentsOf({ selector, settings }: { selector: unknown; settings: unknown }) {
  return { selector: (selector ?? undefined) as Labels | undefined, settings: settings as Document };
}
