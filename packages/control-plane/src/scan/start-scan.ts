import { api } from '@clawster/contract/api';
import { violates } from '@clawster/database/violation';
import { Refusal } from '@clawster/domain/refusal';
import { actorOf } from '../caller.ts';
import { command } from '../command.ts';
import { getScan } from './scan.queries.ts';

/** Asks for a scan of the workspace; the loop carries it out. */
export const startScan = command(api.scans.start, async ({ tx, caller, record }, { deep }) => {
  const { workspaceId } = caller;
  const { id } = await tx
    .insertInto('scan')
    .values({ workspaceId, deep, author: actorOf(caller) })
    .returning('id')
    .executeTakeFirstOrThrow()
    .catch((cause: unknown) => {
      if (!violates(cause, 'scan_open')) throw cause;
      throw new Refusal('conflict', 'A scan goes on already: wait until it has ended');
    });
  await record({ type: 'scan-started', subjectId: id, detail: { deep } });
  return getScan(tx, id);
});
