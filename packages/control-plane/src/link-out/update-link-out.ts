import { api } from '@clawster/contract/api';
import { changesOf } from '@clawster/domain/audit/changes';
import { command } from '../command.ts';
import { unlessNameTaken } from '../unless-name-taken.ts';
import { getLinkOut } from './link-out.queries.ts';

/** Changes a link's name or address. */
export const updateLinkOut = command(api.linkOuts.update, async ({ tx, record }, { linkOutId, name, url }) => {
  const before = await getLinkOut(tx, linkOutId);
  const after = { name: name ?? before.name, url: url ?? before.url };
  await unlessNameTaken('linkOut', after.name, () =>
    tx.updateTable('linkOut').set(after).where('id', '=', linkOutId).execute(),
  );
  const detail = changesOf({ name: before.name, url: before.url }, after);
  await record({ type: 'link-out-updated', subjectId: linkOutId, subjectName: after.name, detail });
  return getLinkOut(tx, linkOutId);
});
