import { api } from '@clawster/contract/api';
import type { InboxKind } from '@clawster/contract/inbox';
import type { NotifierKind } from '@clawster/contract/notifier';
import { changesOf } from '@clawster/domain/audit/changes';
import { Refusal } from '@clawster/domain/refusal';
import { command } from '../command.ts';
import { standing } from '../person/standing.ts';
import { storeSecret } from '../secret/store-secret.ts';
import { unlessNameTaken } from '../unless-name-taken.ts';
import { getNotifier, notifierPlace, toNotifier } from './notifier.queries.ts';
import { refuseForAnother } from './refuse-for-another.ts';

/** Changes what is told; with another address, links that were sent to the one before are void. */
export const updateNotifier = command(api.notifiers.update, async ({ tx, caller, record, plane }, input) => {
  const { notifierId, url } = input;
  const { workspaceId } = caller;
  const row = await getNotifier(tx, notifierId);
  const before = { name: row.name, inboxKinds: row.inboxKinds as InboxKind[], enabled: row.enabled, host: row.host };
  const { name = before.name, inboxKinds = before.inboxKinds, enabled = before.enabled } = input;
  const after = { name, inboxKinds, enabled, host: url ? new URL(url).host : before.host };
  if (url) {
    const kind = row.kind as NotifierKind;
    if (kind === 'mail') throw Refusal.at('url', 'invalid', 'A mail goes to the address of the person: leave it out');
    await refuseForAnother(tx, caller, { kind, personId: row.personId, self: await standing(tx, caller) });
    await storeSecret(tx, plane.keys, { ...notifierPlace(workspaceId, notifierId, 'url'), value: url });
    await tx.updateTable('inboxNotice').set({ tokenHash: null }).where('notifierId', '=', notifierId).execute();
  }
  await unlessNameTaken('notifier', name, () =>
    tx
      .updateTable('notifier')
      .set({ ...after, trouble: null })
      .where('id', '=', notifierId)
      .execute(),
  );
  const address = (isNew: boolean) => (isNew ? 'another' : 'as it was');
  const detail = changesOf({ ...before, address: address(false) }, { ...after, address: address(Boolean(url)) });
  await record({ type: 'notifier-updated', subjectId: notifierId, subjectName: name, detail });
  return toNotifier(await getNotifier(tx, notifierId));
});
