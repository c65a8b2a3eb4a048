import type { BotSpec } from '@clawster/contract/bot';
import type { Labels } from '@clawster/contract/label';
import type { Manifest } from '@clawster/contract/manifest';
import { Settings } from '@clawster/contract/settings';
import { TemplateContent } from '@clawster/contract/template';
import { builtInSkills } from '@clawster/domain/skill/built-in';
import { pinOf } from '@clawster/domain/skill/pin';
import { builtInTemplate } from '@clawster/domain/template/built-in';
import { sql } from 'kysely';
import { specOf } from '../bot/bot.queries.ts';
import { readTeams } from './read-teams.ts';
import type { Tx } from '../transaction.ts';

/** All of a workspace that files can say, by kind and name: the same workspace gives the same. */
export async function readManifests(tx: Tx, workspaceId: string): Promise<Manifest[]> {
  const bots = await readBots(tx, workspaceId);
  const profiles = await readProfiles(tx, workspaceId);
  const templates = await readTemplates(tx, workspaceId, bots);
  const templateNames = new Map(templates.map(({ id, manifest }) => [id, manifest.name]));
  const profileNames = new Map(profiles.map(({ id, manifest }) => [id, manifest.name]));
  return [
    ...(await readSkills(tx, workspaceId)),
    ...templates.map(({ manifest }) => manifest),
    ...profiles.map(({ manifest }) => manifest),
    ...bots.map((row) => botManifest(row, templateNames, profileNames)),
    ...(await readOverlays(tx, workspaceId)),
    ...(await readTeams(tx, workspaceId)),
  ];
}

type Kind<K extends Manifest['kind']> = Extract<Manifest, { kind: K }>;
type BotRow = { name: string; labels: Labels; spec: BotSpec; target: string; connector: string };

async function readBots(tx: Tx, workspaceId: string): Promise<BotRow[]> {
  const rows = await tx
    .selectFrom('bot')
    .innerJoin('target', 'target.id', 'bot.targetId')
    .innerJoin('connector', 'connector.id', 'bot.connectorId')
    .select(['bot.name', 'bot.labels', 'bot.spec', 'target.name as target', 'connector.name as connector'])
    .where('bot.workspaceId', '=', workspaceId)
    .where('bot.removedAt', 'is', null)
    .where(sql<boolean>`bot.spec->>'desired' <> 'destroyed'`)
    .orderBy(sql`lower(bot.name)`)
    .execute();
  return rows.map((row) => ({ ...row, labels: row.labels as Labels, spec: specOf(row.spec) }));
}

function botManifest(
  { name, labels, spec, target, connector }: BotRow,
  templates: ReadonlyMap<string, string>,
  profiles: ReadonlyMap<string, string>,
): Kind<'Bot'> {
  const { template, profileIds, desired, connectorId: _, ...rest } = spec;
  return {
    kind: 'Bot',
    name,
    target,
    connector,
    labels,
    template: template
      ? { name: templates.get(template.id) ?? template.id, version: template.version, variables: template.variables }
      : null,
    profiles: profileIds.flatMap((id) => profiles.get(id) ?? []),
    ...rest,
    desired: desired === 'destroyed' ? 'stopped' : desired,
  };
}

async function readProfiles(tx: Tx, workspaceId: string): Promise<{ id: string; manifest: Kind<'Profile'> }[]> {
  const rows = await tx
    .selectFrom('profile')
    .select(['id', 'name', 'description', 'selector', 'priority', 'locked', 'settings'])
    .where('workspaceId', '=', workspaceId)
    .orderBy(sql`lower(name)`)
    .execute();
  return rows.map(({ id, name, description, selector, priority, locked, settings }) => ({
    id,
    manifest: {
      kind: 'Profile',
      name,
      description,
      labels: (selector as Labels | null) ?? null,
      priority,
      locked,
      settings: Settings.parse(settings),
    },
  }));
}

async function readOverlays(tx: Tx, workspaceId: string): Promise<Kind<'Overlay'>[]> {
  const rows = await tx
    .selectFrom('overlay')
    .leftJoin('bot', 'bot.id', 'overlay.botId')
    .select(['overlay.name', 'overlay.reason', 'overlay.selector', 'overlay.priority', 'overlay.settings'])
    .select(['overlay.expiresAt', 'bot.name as bot'])
    .where('overlay.workspaceId', '=', workspaceId)
    .orderBy(sql`lower(overlay.name)`)
    .execute();
  return rows.map(({ name, reason, selector, priority, settings, expiresAt, bot }) => ({
    kind: 'Overlay',
    name,
    reason,
    ...(bot ? { bot } : {}),
    ...(selector ? { labels: selector as Labels } : {}),
    priority,
    expiresAt: expiresAt?.toISOString() ?? null,
    settings: Settings.parse(settings),
  }));
}

async function readSkills(tx: Tx, workspaceId: string): Promise<Kind<'Skill'>[]> {
  const rows = await tx
    .selectFrom('skill')
    .select(['name', 'digest', 'files', 'approvedBy'])
    .where('workspaceId', '=', workspaceId)
    // What every workspace has anyway is not written down; what an earlier Clawster brought is.
    .where(sql<boolean>`name || '@' || digest <> all(${builtInSkills.map(pinOf)}::text[])`)
    .orderBy('name')
    .orderBy('digest')
    .execute();
  return rows.map(({ name, digest, files, approvedBy }) => ({
    kind: 'Skill',
    name,
    digest,
    files: files as Record<string, string>,
    ...(approvedBy ? { approved: 'Approved before it was exported' } : {}),
  }));
}

/** The workspace's own, each with the newest version, and the older ones that bots hold on to. */
async function readTemplates(tx: Tx, workspaceId: string, bots: readonly BotRow[]) {
  const rows = await tx
    .selectFrom('templateVersion')
    .leftJoin('template', (join) => join.on(sql<boolean>`template.id::text = template_version.template_id`))
    .select(['templateId', 'version', 'templateVersion.name as versionName', 'content'])
    .select(['template.name', 'template.summary', 'template.latestVersion', 'template.deletedAt'])
    .where('templateVersion.workspaceId', '=', workspaceId)
    .orderBy('version', 'desc')
    .execute();
  const held = new Set(bots.map(({ spec: { template } }) => `${template?.id} ${template?.version}`));
  const own = rows.filter(
    (row) =>
      !builtInTemplate(row.templateId) &&
      (held.has(`${row.templateId} ${row.version}`) || (row.version === row.latestVersion && row.deletedAt === null)),
  );
  return [...Map.groupBy(own, ({ templateId }) => templateId)]
    .map(([id, [newest, ...older]]) => ({ id, manifest: templateManifest(newest as (typeof own)[number], older) }))
    .toSorted((one, other) => (one.manifest.name.toLowerCase() < other.manifest.name.toLowerCase() ? -1 : 1));
}

type VersionRow = {
  version: number;
  versionName: string;
  content: unknown;
  name: string | null;
  summary: string | null;
};

function templateManifest(newest: VersionRow, older: readonly VersionRow[]): Kind<'Template'> {
  return {
    kind: 'Template',
    name: newest.name ?? newest.versionName,
    summary: newest.summary ?? '',
    version: newest.version,
    content: TemplateContent.parse(newest.content),
    ...(older.length > 0
      ? { older: older.map(({ version, content }) => ({ version, content: TemplateContent.parse(content) })) }
      : {}),
  };
}
