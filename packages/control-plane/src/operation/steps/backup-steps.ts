import type { Readable } from 'node:stream';
import { Refusal } from '@clawster/domain/refusal';
import { NoState } from '@clawster/target/no-state';
import { openBackupFile, sumOf, verifyBackupFile, writeBackupFile } from '../../backup/backup-file.ts';
import { placeOf, placeToWrite } from '../../backup/backup.queries.ts';
import { change } from '../../change.ts';
import { readAs } from '../../query.ts';
import { CancelAsked, lockOurs } from '../lease-operations.ts';
import { botOf, connectPlace, type OperatedBot, type StatePlace, toolsFor } from '../place.ts';
import { stopIfLost } from '../stop-lost-operations.ts';
import type { StepOutcome, Work } from '../take-step.ts';
import { unlessStalled } from '../unless-stalled.ts';

/** From the bot's target into the encrypted file; done again, it takes the place of what was written before. */
export async function writeBackup({ plane, operation, signal }: Work): Promise<StepOutcome> {
  const { workspaceId, botId } = operation;
  const bot = await botOf(plane, workspaceId, botId);
  const place = await connectPlace(plane, workspaceId, bot.targetId);
  const file = await placeToWrite(plane, workspaceId, backupIdOf(operation));
  const archive = unlessStalled(await stateOf(place, bot, await toolsFor(plane, place, bot.spec)), signal);
  // A file that cannot even be begun leaves nobody else to end the source.
  await writeBackupFile(file, archive, signal).finally(() => archive.destroy());
  return {};
}

/** A bot that was never started has nothing to save, and no later try will find it. */
async function stateOf(
  place: StatePlace,
  bot: OperatedBot,
  tools: Awaited<ReturnType<typeof toolsFor>>,
): Promise<Readable> {
  try {
    return await place.exportState(bot.id, tools);
  } catch (error) {
    if (error instanceof NoState) throw new Refusal('refused', error.message, { cause: error });
    throw error;
  }
}

/** Only what was read back whole is a backup; it is listed once, however often the step is done. */
export async function verifyBackup({ plane, operation, signal }: Work): Promise<StepOutcome> {
  const { workspaceId } = operation;
  const backupId = backupIdOf(operation);
  const place = await placeOf(plane, workspaceId, backupId);
  const { bytes, sha256 } = await verifyBackupFile(place, signal);
  const isListed = await readAs(plane, { workspaceId }, (tx) =>
    tx.selectFrom('backup').select('id').where('id', '=', backupId).executeTakeFirst(),
  );
  if (!isListed) await list(plane, operation, { id: backupId, kekId: place.kekId, bytes, sha256 });
  return { detail: `${Math.max(1, Math.round(bytes / 1e6))} MB` };
}

/** Not once it was cancelled, nor when another worker has the operation: either may have removed the file. */
async function list(
  plane: Work['plane'],
  operation: Work['operation'],
  file: { id: string; kekId: string; bytes: number; sha256: string },
): Promise<void> {
  const { workspaceId, botId } = operation;
  const { spec, targetId, name } = await botOf(plane, workspaceId, botId);
  await change(plane, { workspaceId, job: 'advance-operations' }, async ({ tx, record }) => {
    const { cancelAskedAt } = await lockOurs(tx, operation);
    if (cancelAskedAt ?? (await stopIfLost(tx, operation))) throw new CancelAsked('Cancelled');
    await tx
      .insertInto('backup')
      .values({ ...file, workspaceId, botId, botName: name, spec, targetId })
      .execute();
    const detail = { backupId: file.id, bytes: file.bytes };
    await record({ type: 'backup-created', subjectId: botId, subjectName: name, detail });
  });
}

/** Nothing is done to a bot for a backup that cannot be read: that is found out first. */
export async function checkBackup({ plane, operation, signal }: Work): Promise<StepOutcome> {
  const { workspaceId } = operation;
  const backupId = backupIdOf(operation);
  const kept = await readAs(plane, { workspaceId }, (tx) =>
    tx.selectFrom('backup').select(['sha256']).where('id', '=', backupId).executeTakeFirst(),
  );
  const place = await placeOf(plane, workspaceId, backupId);
  const { sha256 } = await sumOf(place, signal);
  (await openBackupFile(place)).destroy();
  if (sha256 !== kept?.sha256)
    throw new Refusal('refused', 'The file of this backup is not as it was written: use another backup');
  return {};
}

/** The target takes all of it or nothing. */
export async function importBackup({ plane, operation, signal }: Work): Promise<StepOutcome> {
  const { workspaceId, botId } = operation;
  const bot = await botOf(plane, workspaceId, botId);
  const place = await connectPlace(plane, workspaceId, bot.targetId);
  const tools = await toolsFor(plane, place, bot.spec);
  const file = await placeOf(plane, workspaceId, backupIdOf(operation));
  const archive = unlessStalled(await openBackupFile(file), signal);
  await place.importState(bot.id, archive, tools).finally(() => archive.destroy());
  return {};
}

function backupIdOf({ backupId }: Work['operation']): string {
  if (!backupId) throw new Error('The operation names no backup');
  return backupId;
}
