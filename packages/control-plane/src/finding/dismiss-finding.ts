import { api } from '@clawster/contract/api';
import { Refusal } from '@clawster/domain/refusal';
import { command } from '../command.ts';
import { databaseNow } from '../database-now.ts';
import { getFinding } from './finding.queries.ts';

/** Takes a finding off the list, with a reason: it stays dismissed for as long as it is there. */
export const dismissFinding = command(api.findings.dismiss, async ({ tx, caller, record }, { findingId, reason }) => {
  const { state, secretName } = await getFinding(tx, findingId);
  if (state !== 'open') throw new Refusal('conflict', `This finding is ${state} already`);
  const { name } = caller;
  const at = (await databaseNow(tx)).toISOString();
  await tx
    .updateTable('finding')
    .set({ dismissed: { reason, author: name, at } })
    .where('id', '=', findingId)
    .execute();
  await record({ type: 'finding-dismissed', subjectId: findingId, subjectName: secretName, detail: { reason } });
  return getFinding(tx, findingId);
});
