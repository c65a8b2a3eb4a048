import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { parseJson } from '../parse-json.ts';
import { createWhole, removeDead } from './lock-file.ts';
import { identityOf, isRunning, ProcessIdentity, stopProcess } from './process-identity.ts';

/** What a running `up` says about itself in `<data>/up.json`: one such file, one run for a data folder. */
export const RunFile = ProcessIdentity.extend({
  startedAt: z.string(),
  url: z.string().optional(),
  dashboardUrl: z.string().optional(),
  children: z.array(ProcessIdentity.extend({ name: z.string() })),
});
export type RunFile = z.infer<typeof RunFile>;

const pathOf = (dataFolder: string) => join(dataFolder, 'up.json');

/** The run that holds this data folder; it may have been killed since. */
export function readRunFile(dataFolder: string): RunFile | undefined {
  try {
    return parseJson(readFileSync(pathOf(dataFolder), 'utf8'), RunFile);
  } catch {
    return undefined;
  }
}

export type Claim = { update(changes: Partial<RunFile>): void; release(): void };

/** Takes the data folder for this process, or answers with the live run that has it. What a killed run left is ended first. */
export async function claimDataFolder(dataFolder: string): Promise<Claim | RunFile> {
  const path = pathOf(dataFolder);
  const self = identityOf(process.pid);
  if (!self) throw new Error(`The start time of process ${process.pid} cannot be read`);
  let run: RunFile = { ...self, startedAt: new Date().toISOString(), children: [] };
  while (!(await createWhole(path, JSON.stringify(run)))) {
    const holder = readRunFile(dataFolder);
    if (holder && isRunning(holder)) return holder;
    const dead = await removeDead(path, isDead);
    const left = dead && parseJson(dead, RunFile);
    if (left) await stopChildren(left);
  }
  return {
    update(changes) {
      run = { ...run, ...changes };
      writeFileSync(`${path}.new`, JSON.stringify(run), { mode: 0o600 });
      renameSync(`${path}.new`, path);
    },
    release: () => rmSync(path, { force: true }),
  };
}

function isDead(content: string): boolean {
  const holder = parseJson(content, RunFile);
  return !holder || !isRunning(holder);
}

export async function stopChildren(run: RunFile): Promise<void> {
  await Promise.all(run.children.map((child) => stopProcess(child, 8_000)));
}
