import type { Backup } from '@clawster/contract/backup';
import type { BotSpec } from '@clawster/contract/bot';
import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import { specOf } from '../bot/bot.queries.ts';
import { isVisible } from '../is-visible.ts';
import type { ControlPlane } from '../plane.ts';
import { readAs } from '../query.ts';
import { findDataKey, lookUpDataKey, type OpenedKey } from '../secret/data-key.ts';
import type { Tx } from '../transaction.ts';
import { type BackupPlace, keyNameOf } from './backup-file.ts';

export function selectBackups(tx: Tx) {
  return tx.selectFrom('backup').selectAll('backup').where(isVisible('backup'));
}

type BackupRow = Awaited<ReturnType<ReturnType<typeof selectBackups>['executeTakeFirstOrThrow']>>;

/** The backup's row, locked against its deletion. */
export async function lockBackup(tx: Tx, backupId: string): Promise<BackupRow & { spec: BotSpec }> {
  const row = await selectBackups(tx).where('id', '=', backupId).forUpdate().executeTakeFirst();
  if (!row) throw new Refusal('not-found', 'There is no such backup in this workspace');
  return { ...row, spec: specOf(row.spec) };
}

export async function readBackup(tx: Tx, backupId: string): Promise<Backup> {
  const row = await selectBackups(tx).where('id', '=', backupId).executeTakeFirst();
  if (!row) throw new Refusal('not-found', 'There is no such backup in this workspace');
  return toBackup(row);
}

export function toBackup(row: BackupRow): Backup {
  return {
    id: row.id,
    botId: row.botId,
    botName: row.botName,
    runtimeVersion: (row.spec as BotSpec).runtimeVersion,
    bytes: row.bytes,
    sha256: row.sha256,
    createdAt: row.createdAt.toISOString(),
  };
}

/** Whether an operation that runs writes or reads this backup. */
export async function isInUse(tx: Tx, backupId: string): Promise<boolean> {
  const found = await tx
    .selectFrom('operation')
    .select(sql<number>`1`.as('one'))
    .where('backupId', '=', backupId)
    .where('phase', 'in', ['pending', 'running'])
    .executeTakeFirst();
  return found !== undefined;
}

/** Where a backup is to be written, and the data key it is to be under; for this use alone. */
export async function placeToWrite(plane: ControlPlane, workspaceId: string, backupId: string): Promise<BackupPlace> {
  const opened = await readAs(plane, { workspaceId }, (tx) => lookUpDataKey(tx, plane.keys, workspaceId));
  return placeUnder(plane, { workspaceId, backupId }, opened);
}

/** Where a backup lies, and the data key it says it is under, or the workspace's when it has none such. */
export async function placeOf(plane: ControlPlane, workspaceId: string, backupId: string): Promise<BackupPlace> {
  const name = await keyNameOf({ directory: plane.settings.backupsDirectory, backupId });
  const opened = await readAs(
    plane,
    { workspaceId },
    async (tx) =>
      (await findDataKey(tx, plane.keys, { workspaceId, name })) ?? (await lookUpDataKey(tx, plane.keys, workspaceId)),
  );
  return placeUnder(plane, { workspaceId, backupId }, opened);
}

function placeUnder(
  { settings }: ControlPlane,
  backup: { workspaceId: string; backupId: string },
  { key, kekId }: OpenedKey,
): BackupPlace {
  return { directory: settings.backupsDirectory, ...backup, dataKey: key, kekId };
}
