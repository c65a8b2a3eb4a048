import { api } from '@clawster/contract/api';
import { command } from '../command.ts';
import { getLinkOut } from './link-out.queries.ts';

/** Shows a link no more. */
export const deleteLinkOut = command(api.linkOuts.delete, async ({ tx, record }, { linkOutId }) => {
  const { name, url } = await getLinkOut(tx, linkOutId);
  await tx.deleteFrom('linkOut').where('id', '=', linkOutId).execute();
  await record({ type: 'link-out-deleted', subjectId: linkOutId, subjectName: name, detail: { url } });
  return {};
});
