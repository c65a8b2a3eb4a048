import { api } from '@clawster/contract/api';
import type { AuditSink } from '@clawster/contract/audit-sink';
import type { Caller } from '../caller.ts';
import { command } from '../command.ts';
import { admit, parseInput } from '../enter.ts';
import type { ControlPlane } from '../plane.ts';
import { readAs } from '../query.ts';
import { readSink, toSink } from './audit-sink.queries.ts';
import { sendTo } from './send-checkpoints.ts';

/** Sends the newest checkpoint to a place now, outside of any transaction, and tells how it went. */
export async function sendToAuditSink(plane: ControlPlane, caller: Caller, raw: unknown): Promise<AuditSink> {
  const admitted = admit(api.auditSinks.send, caller);
  const { sinkId } = parseInput(api.auditSinks.send, raw);
  const sink = await readAs(plane, admitted, (tx) => readSink(tx, admitted.workspaceId, sinkId));
  await sendTo(plane, sink);
  return recordSent(plane, caller, raw);
}

const recordSent = command(api.auditSinks.send, async ({ tx, caller, record, plane }, { sinkId }) => {
  const row = await readSink(tx, caller.workspaceId, sinkId);
  const { name, sentNumber, trouble } = row;
  await record({ type: 'audit-sink-tried', subjectId: sinkId, subjectName: name, detail: { sentNumber, trouble } });
  return toSink(plane, row);
});
