import { constants } from 'node:fs';
import { open, readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isBotId } from '@clawster/target/bot-id';
import { type LeftBehind, leftBehindBy, leftFileBytesMax } from '@clawster/target/left-behind';
import type { LyingBot } from '@clawster/target/target';
import { z } from 'zod';
import { type BotFolder, botFolder } from './bot-folder.ts';
import { findProcess, readJson } from './record.ts';

/** The bots that have a folder here, named as they were told they are. */
export async function botsIn(root: string): Promise<LyingBot[]> {
  const entries = await readdir(root, { withFileTypes: true }).catch(() => []);
  const folders = entries.filter((entry) => entry.isDirectory() && isBotId(entry.name));
  return Promise.all(folders.map(({ name }) => lyingIn(botFolder(root, name), name)));
}

async function lyingIn(folder: BotFolder, botId: string): Promise<LyingBot> {
  const [workload, known, made] = await Promise.all([
    readJson(folder.workload, z.object({ botName: z.string(), workspaceId: z.string().optional() })),
    findProcess(folder),
    stat(folder.directory).catch(() => undefined),
  ]);
  const since = made ? { since: made.birthtime.toISOString() } : {};
  const whose = workload?.workspaceId === undefined ? {} : { workspaceId: workload.workspaceId };
  return { botId, name: workload?.botName ?? botId, runs: known.state === 'alive', ...since, ...whose };
}

/** What the bot's folder says of it; what a bot put in the place of a file is not followed. */
export async function leftBehindIn({ directory }: BotFolder): Promise<LeftBehind> {
  return leftBehindBy((name) => readSmall(directory, name));
}

async function readSmall(directory: string, name: string): Promise<string | undefined> {
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
  try {
    const folder = await realpath(directory);
    const path = join(folder, name);
    if ((await realpath(path)) !== path) return undefined;
    const file = await open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    try {
      const about = await file.stat();
      return about.isFile() && about.size <= leftFileBytesMax ? await file.readFile('utf8') : undefined;
    } finally {
      await file.close();
    }
  } catch {
    return undefined;
  }
}
