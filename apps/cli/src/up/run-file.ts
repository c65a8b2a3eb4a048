import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
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
    return RunFile.safeParse(JSON.parse(readFileSync(pathOf(dataFolder), 'utf8'))).data;
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
  const draft = `${path}.${process.pid}`;
  try {
    for (;;) {
      await writeFile(draft, JSON.stringify(run), { mode: 0o600 });
      if (await linked(draft, path)) break;
      const holder = readRunFile(dataFolder);
      if (holder && isRunning(holder)) return holder;
      await takeOver(path, holder);
    }
  } finally {
    await rm(draft, { force: true });
  }
  return {
    update(changes) {
      run = { ...run, ...changes };
      writeFileSync(draft, JSON.stringify(run), { mode: 0o600 });
      renameSync(draft, path);
    },
    release: () => rmSync(path, { force: true }),
  };
}

/** A hard link appears whole or not at all, so nobody reads half a file. */
async function linked(from: string, to: string): Promise<boolean> {
  return link(from, to).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return false;
      throw error;
    },
  );
}

async function takeOver(path: string, dead: RunFile | undefined): Promise<void> {
  const aside = `${path}.dead.${process.pid}`;
  // Of two that find the dead run, one can rename its file.
  if (!(await rename(path, aside).then(() => true, () => false))) return;
  const taken = RunFile.safeParse(JSON.parse(await readFile(aside, 'utf8').catch(() => '{}'))).data;
  await rm(aside, { force: true });
  // Sorting out a half-written file: only what was seen dead is ended.
  if (taken && dead && taken.pid === dead.pid) await stopChildren(taken);
}

export async function stopChildren(run: RunFile): Promise<void> {
  await Promise.all(run.children.map((child) => stopProcess(child, 8_000)));
}
