import { api } from '@clawster/contract/api';
import type { ParsedInputOf } from '@clawster/contract/route';
import { sql } from 'kysely';
import { command, type CommandContext } from '../command.ts';
import { lockTemplate } from './template.queries.ts';

/** Deletes a template; the versions that bots hold on to stay. */
export const deleteTemplate = command(api.templates.delete, removeTemplate);

/** The same within a change of more than this. */
export async function removeTemplate(
  { tx, record }: CommandContext,
  { templateId }: ParsedInputOf<typeof api.templates.delete>,
) {
  const { name } = await lockTemplate(tx, templateId);
  await tx
    .updateTable('template')
    .set({ deletedAt: sql<Date>`now()` })
    .where('id', '=', templateId)
    .execute();
  await record({ type: 'template-deleted', subjectId: templateId, subjectName: name });
  return {};
}
