import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Installation } from './installation.ts';

/** The process of a bot's gateway, as its supervisor wrote it down. */
export async function gatewayPid({ dataDirectory }: Installation, botId: string): Promise<number> {
  const file = join(dataDirectory, 'bots', botId, 'gateway.pid');
  return (JSON.parse(await readFile(file, 'utf8')) as { pid: number }).pid;
}
