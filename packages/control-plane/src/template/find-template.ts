import type { Actor } from '@clawster/contract/event';
import { TemplateContent } from '@clawster/contract/template';
import type { StoredTemplate } from '@clawster/domain/config/layers-of';
import { builtInTemplate } from '@clawster/domain/template/built-in';
import { Refusal } from '@clawster/domain/refusal';
import { isVisible } from '../is-visible.ts';
import type { Tx } from '../transaction.ts';

/** A version of a template, the newest when none is named; refuses when there is none. */
export async function findTemplate(
  tx: Tx,
  workspaceId: string,
  { id, version }: { id: string; version?: number | undefined },
): Promise<StoredTemplate> {
  const builtIn = builtInTemplate(id);
  const wanted = version ?? builtIn?.version ?? (await latestOf(tx, id));
  if (builtIn && wanted === builtIn.version) return builtIn;
  const row = wanted === undefined ? undefined : await readVersion(tx, workspaceId, { id, version: wanted });
  if (!row) {
    const what = version === undefined ? 'such template' : `version ${version} of this template`;
    throw Refusal.at('template', 'not-found', `There is no ${what} in this workspace`);
  }
  return row;
}

async function readVersion(tx: Tx, workspaceId: string, { id, version }: { id: string; version: number }) {
  const row = await tx
    .selectFrom('templateVersion')
    .select(['templateId', 'version', 'name', 'content'])
    .where('workspaceId', '=', workspaceId)
    .where('templateId', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  return (
    row && { id: row.templateId, version: row.version, name: row.name, content: TemplateContent.parse(row.content) }
  );
}

/** The newest version of a template of the workspace that was not deleted. */
async function latestOf(tx: Tx, id: string): Promise<number | undefined> {
  if (!isUuid(id)) return undefined;
  const row = await tx
    .selectFrom('template')
    .select('latestVersion')
    .where('id', '=', id)
    .where('deletedAt', 'is', null)
    .where(isVisible('template'))
    .executeTakeFirst();
  return row?.latestVersion;
}

export function isUuid(id: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id);
}

/** Keeps the version of a built-in template that a bot holds on to, for the day when Clawster brings a newer one. */
export async function keepBuiltIn(
  tx: Tx,
  workspaceId: string,
  { id, version, name, content }: StoredTemplate,
): Promise<void> {
  if (isUuid(id)) return;
  const author: Actor = { kind: 'system', job: 'keep-built-in' };
  await tx
    .insertInto('templateVersion')
    .values({ workspaceId, templateId: id, version, name, content, author, note: '' })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
