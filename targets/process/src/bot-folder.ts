import { join } from 'node:path';
import { checkBotId } from '@clawster/target/bot-id';

/** Where one bot lies on the disk: its volume and what is known of its process. */
export type BotFolder = {
  directory: string;
  record: string;
  published: string;
  gateway: string;
  workload: string;
  /** The newest copy of the control plane that this bot has obeyed; outlives its process, as its state does. */
  copy: string;
  output: string;
  logs: string;
};

/** The folder of a bot. An id that could name another place is refused, whoever made it. */
export function botFolder(root: string, botId: string): BotFolder {
  checkBotId(botId);
  const directory = join(root, botId);
  const logs = join(directory, 'logs');
  return {
    directory,
    logs,
    record: join(directory, 'process.json'),
    published: join(directory, 'supervisor.json'),
    gateway: join(directory, 'gateway.pid'),
    workload: join(directory, 'workload.json'),
    copy: join(directory, 'copy.json'),
    output: join(logs, 'supervisor.out'),
  };
}
