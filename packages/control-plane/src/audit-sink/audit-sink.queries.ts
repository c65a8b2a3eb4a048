import { AuditSinkPlace, type AuditSink } from '@clawster/contract/audit-sink';
import { Refusal } from '@clawster/domain/refusal';
import type { ControlPlane } from '../plane.ts';
import type { Tx } from '../transaction.ts';
import { checkpointFile } from './checkpoint-file.ts';

export function selectSinks(tx: Tx, workspaceId: string) {
  return tx.selectFrom('auditSink').selectAll().where('workspaceId', '=', workspaceId);
}

export type SinkRow = Awaited<ReturnType<ReturnType<typeof selectSinks>['executeTakeFirstOrThrow']>>;

export async function readSink(tx: Tx, workspaceId: string, sinkId: string): Promise<SinkRow> {
  const row = await selectSinks(tx, workspaceId).where('id', '=', sinkId).executeTakeFirst();
  if (!row) throw new Refusal('not-found', 'Checkpoints are sent to no place with this id');
  return row;
}

export function placeIn(row: Pick<SinkRow, 'settings' | 'kind'>): AuditSinkPlace {
  return AuditSinkPlace.parse({ ...(row.settings as object), kind: row.kind });
}

export function toSink(plane: Pick<ControlPlane, 'settings'>, row: SinkRow): AuditSink {
  const { id, name, createdAt, sentNumber, sentAt, trouble, nextTryAt } = row;
  return {
    id,
    name,
    place: placeIn(row),
    createdAt: createdAt.toISOString(),
    sentNumber,
    ...(sentAt ? { sentAt: sentAt.toISOString() } : {}),
    ...(trouble === null ? {} : { trouble, nextTryAt: nextTryAt.toISOString() }),
    ...(row.kind === 'file' ? { file: checkpointFile(plane, row.workspaceId) } : {}),
  };
}
