import { api } from '@clawster/contract/api';
import type { ParsedInputOf } from '@clawster/contract/route';
import { sql } from 'kysely';
import { actorOf } from '../caller.ts';
import { command, type CommandContext } from '../command.ts';
import { unlessNameTaken } from '../unless-name-taken.ts';
import { refuseUnusable } from './check-template.ts';
import { getTemplate, lockTemplate } from './template.queries.ts';

/** Renames a template, or adds a version to it; bots made from it keep theirs until they are upgraded. */
export const updateTemplate = command(api.templates.update, changeTemplate);

/** The same within a change of more than this. */
export async function changeTemplate(
  { tx, caller, record }: CommandContext,
  input: ParsedInputOf<typeof api.templates.update>,
) {
  const { templateId, content, note } = input;
  const { workspaceId } = caller;
  const before = await lockTemplate(tx, templateId);
  const { name = before.name, summary = before.summary } = input;
  if (content) refuseUnusable(content);
  const version = content ? before.latestVersion + 1 : before.latestVersion;
  await unlessNameTaken('template', name, () =>
    tx
      .updateTable('template')
      .set({ name, summary, latestVersion: version, updatedAt: sql<Date>`now()` })
      .where('id', '=', templateId)
      .execute(),
  );
  if (content)
    await tx
      .insertInto('templateVersion')
      .values({ workspaceId, templateId, version, name, content, note, author: actorOf(caller) })
      .execute();
  await record({
    type: 'template-updated',
    subjectId: templateId,
    subjectName: name,
    detail: { name, summary, version, ...(note ? { note } : {}) },
  });
  return getTemplate(tx, workspaceId, { id: templateId });
}
