import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Where everything of one bot lies. All of it is the bot's own: nothing is shared with a personal OpenClaw. */
export function botFolder(directory: string) {
  return {
    directory,
    home: join(directory, 'home'),
    state: join(directory, 'state'),
    workspace: join(directory, 'workspace'),
    temporary: join(directory, 'tmp'),
    config: join(directory, 'openclaw.json'),
    knownGood: join(directory, 'last-known-good.json'),
    resolver: join(directory, 'resolver'),
    programs: join(directory, 'programs'),
    spool: join(directory, 'spool.jsonl'),
    deliveries: join(directory, 'deliveries'),
    tells: join(directory, 'tells.json'),
    bridge: join(directory, 'bridge'),
    spent: join(directory, 'spent.json'),
    allowance: join(directory, 'allowance.json'),
    gatewayPid: join(directory, 'gateway.pid'),
    supervisorPid: join(directory, 'supervisor.pid'),
    published: join(directory, 'supervisor.json'),
    supervisorLog: join(directory, 'logs', 'supervisor.log'),
    gatewayLog: join(directory, 'logs', 'gateway.log'),
    openclawLog: join(directory, 'logs', 'openclaw.jsonl'),
  };
}
export type BotFolder = ReturnType<typeof botFolder>;

export async function makeFolder(folder: BotFolder): Promise<void> {
  for (const path of [
    folder.directory,
    folder.home,
    folder.state,
    folder.workspace,
    folder.temporary,
    join(folder.directory, 'logs'),
  ]) {
    await mkdir(path, { recursive: true, mode: 0o700 });
  }
}

/** Throws where the folder was deleted and is still held, as a container holds its volume: Node would try to make folders below it without end. */
export async function checkThere({ directory }: Pick<BotFolder, 'directory'>): Promise<void> {
  const about = await stat(directory).catch(() => undefined);
  if (about?.nlink === 0) throw new Error('The bot’s folder was deleted while it ran. Restore a backup of it');
}
