import { api } from '@clawster/contract/api';
import { Refusal } from '@clawster/domain/refusal';
import type { SignedIn } from '../caller.ts';
import { command } from '../command.ts';
import { addNoticeFor } from '../notifier/add-notices.ts';
import { accessOf } from '../person/access-of.ts';
import { standing } from '../person/standing.ts';
import type { Tx } from '../transaction.ts';
import { factsOf, getItem, type ItemRow, lockItem } from './inbox.queries.ts';
import { showItem } from './show-item.ts';

/** Gives an open item to someone who may decide it, and tells them; or back to whoever may. */
export const assignItem = command(api.inbox.assign, async (context, { itemId, personId }) => {
  const { tx, caller, record } = context;
  const asker = await standing(tx, caller);
  const row = await lockItem(tx, itemId);
  if (row.state !== 'open') throw new Refusal('conflict', `It was ${row.state} already: there is nothing to give away`);
  const name = personId === null ? undefined : await nameOfDecider(tx, caller, { personId, row });
  await tx.updateTable('inboxItem').set({ assigneeId: personId }).where('id', '=', itemId).execute();
  if (personId !== null && personId !== asker) await addNoticeFor(tx, row, personId);
  await record({
    type: 'inbox-assigned',
    subjectId: itemId,
    subjectName: row.title,
    detail: { kind: row.kind, ...(personId === null ? { to: 'anyone' } : { to: name, personId }) },
  });
  return showItem(await getItem(tx, itemId), caller, asker);
});

/** Refuses who could not decide it. */
async function nameOfDecider(
  tx: Tx,
  { workspaceId }: SignedIn,
  { personId, row }: { personId: string; row: ItemRow },
): Promise<string> {
  const access = (await accessOf(tx, workspaceId, [personId])).get(personId);
  if (!access) throw Refusal.at('personId', 'not-found', 'Nobody who is let in here has this id: choose somebody else');
  const { name } = await tx.selectFrom('person').select('name').where('id', '=', personId).executeTakeFirstOrThrow();
  if (!access.permissions.has('inbox:decide'))
    throw Refusal.at(
      'personId',
      'refused',
      `${name} may not decide: their role lacks inbox:decide. Choose somebody else`,
    );
  const { askedBy, setBy } = factsOf(row);
  if (personId === askedBy)
    throw Refusal.at('personId', 'refused', `It comes of what ${name} asked for: choose somebody else`);
  if (personId === setBy)
    throw Refusal.at(
      'personId',
      'refused',
      `${name} set the goal it comes of: the team wants somebody else to approve`,
    );
  return name;
}
