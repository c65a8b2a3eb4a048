import { api } from '@clawster/contract/api';
import { command } from '../command.ts';
import { placeIn, readSink } from './audit-sink.queries.ts';

/** Sends checkpoints there no more; that it was so stays in the trail, and what was sent stays where it is. */
export const deleteAuditSink = command(api.auditSinks.delete, async ({ tx, caller, record }, { sinkId }) => {
  const row = await readSink(tx, caller.workspaceId, sinkId);
  await tx.deleteFrom('auditSink').where('workspaceId', '=', caller.workspaceId).where('id', '=', sinkId).execute();
  await record({
    type: 'audit-sink-deleted',
    subjectId: sinkId,
    subjectName: row.name,
    detail: { place: placeIn(row), sentNumber: row.sentNumber },
  });
  return {};
});
