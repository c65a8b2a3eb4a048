import type { Actor } from '@clawster/contract/event';
import { authorName } from '@clawster/domain/audit/author-name';
import { type Template, TemplateContent, type TemplateDetail } from '@clawster/contract/template';
import { type BuiltInTemplate, builtInTemplate, builtInTemplates } from '@clawster/domain/template/built-in';
import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import { isVisible } from '../is-visible.ts';
import type { Tx } from '../transaction.ts';
import { findTemplate, isUuid } from './find-template.ts';

/** Bots by the template they were made from, and how many of them hold on to which version. */
async function usesOf(tx: Tx, workspaceId: string): Promise<{ id: string; version: number; bots: number }[]> {
  return tx
    .selectFrom('bot')
    .where('workspaceId', '=', workspaceId)
    .where('removedAt', 'is', null)
    .where(sql<boolean>`spec ? 'template' and spec->>'desired' <> 'destroyed'`)
    .select([
      sql<string>`spec->'template'->>'id'`.as('id'),
      sql<number>`(spec->'template'->>'version')::int`.as('version'),
      sql<number>`count(*)::int`.as('bots'),
    ])
    .groupBy([sql`1`, sql`2`])
    .execute();
}

/** The templates of the workspace by name, and then those that come with Clawster. */
export async function allTemplates(tx: Tx, workspaceId: string): Promise<Template[]> {
  const uses = await usesOf(tx, workspaceId);
  const rows = await selectTemplates(tx)
    .orderBy(sql`lower(name)`)
    .execute();
  const told = (template: Omit<Template, 'botCount' | 'outdatedCount'>): Template => {
    const of = uses.filter(({ id }) => id === template.id);
    const count = (some: typeof of) => some.reduce((sum, { bots }) => sum + bots, 0);
    return {
      ...template,
      botCount: count(of),
      outdatedCount: count(of.filter(({ version }) => version < template.version)),
    };
  };
  return [...rows.map(toOwn), ...builtInTemplates.map(toBuiltIn)].map(told);
}

export function selectTemplates(tx: Tx) {
  return tx
    .selectFrom('template')
    .select(['id', 'name', 'summary', 'latestVersion', 'updatedAt'])
    .where('deletedAt', 'is', null)
    .where(isVisible('template'));
}

function toOwn(row: { id: string; name: string; summary: string; latestVersion: number; updatedAt: Date }) {
  const { id, name, summary, latestVersion, updatedAt } = row;
  return { id, name, summary, builtIn: false, version: latestVersion, updatedAt: updatedAt.toISOString() };
}

function toBuiltIn({ id, name, summary, version }: BuiltInTemplate) {
  return { id, name, summary, builtIn: true, version };
}

/** A template with one of its versions, the newest unless another is named. */
export async function getTemplate(
  tx: Tx,
  workspaceId: string,
  { id, version }: { id: string; version?: number | undefined },
): Promise<TemplateDetail> {
  const found = (await allTemplates(tx, workspaceId)).find((template) => template.id === id);
  if (!found) throw noSuchTemplate();
  const shown = await findTemplate(tx, workspaceId, { id, version });
  return {
    ...found,
    content: TemplateContent.parse(shown.content),
    shownVersion: shown.version,
    versions: await versionsOf(tx, workspaceId, id),
  };
}

async function versionsOf(tx: Tx, workspaceId: string, id: string): Promise<TemplateDetail['versions']> {
  const rows = await tx
    .selectFrom('templateVersion')
    .select(['version', 'note', 'author', 'createdAt'])
    .where('workspaceId', '=', workspaceId)
    .where('templateId', '=', id)
    .orderBy('version', 'desc')
    .execute();
  return rows.map(({ version, note, author, createdAt }) => ({
    version,
    note,
    author: authorName(author as Actor),
    createdAt: createdAt.toISOString(),
  }));
}

/** A template of the workspace, held for a change; a built-in one is nobody's to change. */
export async function lockTemplate(tx: Tx, id: string) {
  if (builtInTemplate(id))
    throw new Refusal('refused', 'This template comes with Clawster: make your own from it, and change that');
  const row = isUuid(id) ? await selectTemplates(tx).where('id', '=', id).forUpdate().executeTakeFirst() : undefined;
  if (!row) throw noSuchTemplate();
  return row;
}

export function noSuchTemplate(): Refusal {
  return new Refusal('not-found', 'There is no such template in this workspace');
}
