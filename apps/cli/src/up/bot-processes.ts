import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { Output } from '../output.ts';
import { parseJson } from '../parse-json.ts';
import { identityOf, type ProcessIdentity, stopProcess } from './process-identity.ts';

const Published = z.object({ pid: z.int().positive() });

/** A gateway with an unreachable channel hangs for minutes; its supervisor ends it by force after 25 s. */
const graceMs = 35_000;

/** Ends the supervisors of this data folder's bots, and with them their gateways. Answers how many ran. */
export async function stopBots(dataFolder: string, out: Output): Promise<number> {
  const supervisors = await findSupervisors(dataFolder);
  if (supervisors.length > 0)
    out.note(`Stopping ${supervisors.length === 1 ? '1 bot' : `${supervisors.length} bots`} …`);
  await Promise.all(supervisors.map((one) => stopProcess(one, graceMs)));
  return supervisors.length;
}

async function findSupervisors(dataFolder: string): Promise<ProcessIdentity[]> {
  const folders = await readdir(join(dataFolder, 'bots')).catch(() => []);
  const found = await Promise.all(folders.map((folder) => supervisorOf(join(dataFolder, 'bots', folder))));
  return found.filter((one) => one !== undefined);
}

async function supervisorOf(folder: string): Promise<ProcessIdentity | undefined> {
  const text = await readFile(join(folder, 'supervisor.json'), 'utf8').catch(() => '{}');
  const pid = parseJson(text, Published)?.pid;
  if (pid === undefined) return undefined;
  const identity = identityOf(pid);
  // The pid may belong to someone else by now.
  const command = await promisify(execFile)('ps', ['-o', 'args=', '-p', String(pid)]).catch(() => undefined);
  return command?.stdout.includes('supervisor') ? identity : undefined;
}
