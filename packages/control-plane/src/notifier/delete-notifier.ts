import { api } from '@clawster/contract/api';
import { command } from '../command.ts';
import { deleteSecrets } from '../secret/read-secret.ts';
import { getNotifier } from './notifier.queries.ts';

/** Tells nothing there any more; links that were sent are void, and its address is forgotten. */
export const deleteNotifier = command(api.notifiers.delete, async ({ tx, record }, { notifierId }) => {
  const { name, kind, host } = await getNotifier(tx, notifierId);
  await deleteSecrets(tx, 'notifier', notifierId);
  await tx.deleteFrom('notifier').where('id', '=', notifierId).execute();
  await record({ type: 'notifier-deleted', subjectId: notifierId, subjectName: name, detail: { kind, host } });
  return {};
});
