import { api } from '@clawster/contract/api';
import { sql } from 'kysely';
import { command } from '../command.ts';
import { lockTemplate } from './template.queries.ts';

/** Deletes a template; the versions that bots hold on to stay. */
export const deleteTemplate = command(api.templates.delete, async ({ tx, record }, { templateId }) => {
  const { name } = await lockTemplate(tx, templateId);
  await tx
    .updateTable('template')
    .set({ deletedAt: sql<Date>`now()` })
    .where('id', '=', templateId)
    .execute();
  await record({ type: 'template-deleted', subjectId: templateId, subjectName: name });
  return {};
});
