import { z } from 'zod';
import { BotInput, BotName } from './bot.ts';
import { Operation } from './operation.ts';
import { Id, PageInput, pageOf, Timestamp } from './page.ts';
import { route } from './route.ts';
import { RuntimeVersion } from './runtime.ts';

/** A bot's state at one moment, encrypted, in the data folder of the server that wrote it. */
export const Backup = z.object({
  id: Id,
  /** The bot it was taken of; it outlives that bot. */
  botId: Id,
  botName: z.string(),
  runtimeVersion: RuntimeVersion,
  bytes: z.int(),
  /** Of the encrypted file, in hexadecimal. */
  sha256: z.string(),
  createdAt: Timestamp,
});
export type Backup = z.infer<typeof Backup>;

export const BackupInput = z.object({ backupId: Id });

export const backups = {
  list: route({
    method: 'GET',
    path: '/backups',
    permission: 'backup:read',
    summary: 'Backups of the workspace, newest first',
    input: PageInput.extend({ botId: Id.optional() }),
    output: pageOf(Backup),
  }),
  create: route({
    method: 'POST',
    path: '/bots/{botId}/backups',
    permission: 'backup:create',
    summary: "Back up a bot's state, whether it runs or not; the operation tells how far it is",
    input: BotInput,
    output: Operation,
  }),
  get: route({
    method: 'GET',
    path: '/backups/{backupId}',
    permission: 'backup:read',
    summary: 'One backup',
    input: BackupInput,
    output: Backup,
  }),
  delete: route({
    method: 'DELETE',
    path: '/backups/{backupId}',
    permission: 'backup:manage',
    summary: 'Delete a backup for good',
    input: BackupInput,
    output: Backup,
  }),
  restore: route({
    method: 'POST',
    path: '/backups/{backupId}/restore',
    permission: 'backup:manage',
    summary: 'Put a backup into the bot it was taken of, or with a name into a new bot',
    /** `start` is about a new bot; one that is restored runs again if it should run. */
    input: BackupInput.extend({ name: BotName.optional(), start: z.boolean().default(true) }),
    output: Operation,
  }),
};
