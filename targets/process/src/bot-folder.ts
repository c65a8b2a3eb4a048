import { join } from 'node:path';

/** Where one bot lies on the disk: its volume and what is known of its process. */
export type BotFolder = {
  directory: string;
  record: string;
  published: string;
  gateway: string;
  workload: string;
  output: string;
  logs: string;
};

/** The folder of a bot. An id that could name another place is refused, whoever made it. */
export function botFolder(root: string, botId: string): BotFolder {
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(botId))
    throw new Error(`"${botId}" is not the id of a bot: it may hold only letters, digits, - and _`);
  const directory = join(root, botId);
  const logs = join(directory, 'logs');
  return {
    directory,
    logs,
    record: join(directory, 'process.json'),
    published: join(directory, 'supervisor.json'),
    gateway: join(directory, 'gateway.pid'),
    workload: join(directory, 'workload.json'),
    output: join(logs, 'supervisor.out'),
  };
}
