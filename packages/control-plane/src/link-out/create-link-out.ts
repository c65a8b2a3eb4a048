import { api } from '@clawster/contract/api';
import { Refusal } from '@clawster/domain/refusal';
import { command } from '../command.ts';
import { unlessNameTaken } from '../unless-name-taken.ts';
import { getLinkOut, selectLinkOuts } from './link-out.queries.ts';

/** More would be a list, and no row of buttons. */
const linkOutsMax = 10;

/** Shows a link to another tool on traces, bots and conversations. */
export const createLinkOut = command(api.linkOuts.create, async ({ tx, caller, record }, { name, url }) => {
  const there = await selectLinkOuts(tx).execute();
  if (there.length >= linkOutsMax) throw new Refusal('refused', `A workspace has ${linkOutsMax} links at most`);
  const { id } = await unlessNameTaken('linkOut', name, () =>
    tx
      .insertInto('linkOut')
      .values({ workspaceId: caller.workspaceId, name, url })
      .returning('id')
      .executeTakeFirstOrThrow(),
  );
  await record({ type: 'link-out-created', subjectId: id, subjectName: name, detail: { url } });
  return getLinkOut(tx, id);
});
