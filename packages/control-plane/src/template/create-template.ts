import { api } from '@clawster/contract/api';
import type { TemplateContent, TemplateDetail } from '@clawster/contract/template';
import { actorOf } from '../caller.ts';
import { command, type CommandContext } from '../command.ts';
import { unlessNameTaken } from '../unless-name-taken.ts';
import { refuseUnusable } from './check-template.ts';
import { getTemplate } from './template.queries.ts';

/** Makes a template of the workspace. */
export const createTemplate = command(api.templates.create, (context, input) => insertTemplate(context, input));

/** `version`: of a template that was another workspace's, so that its bots find theirs. */
export type NewTemplate = { name: string; summary: string; content: TemplateContent; version?: number | undefined };

/** Stores a template with its first version; refuses one that no bot could be made from, and a name that is taken. */
export async function insertTemplate(
  { tx, caller, record }: CommandContext,
  { name, summary, content, version = 1 }: NewTemplate,
): Promise<TemplateDetail> {
  refuseUnusable(content);
  const { workspaceId } = caller;
  const { id } = await unlessNameTaken('template', name, () =>
    tx
      .insertInto('template')
      .values({ workspaceId, name, summary, latestVersion: version })
      .returning('id')
      .executeTakeFirstOrThrow(),
  );
  await tx
    .insertInto('templateVersion')
    .values({ workspaceId, templateId: id, version, name, content, author: actorOf(caller) })
    .execute();
  await record({ type: 'template-created', subjectId: id, subjectName: name, detail: { version, summary } });
  return getTemplate(tx, workspaceId, { id });
}
