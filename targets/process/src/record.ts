import { readFile, rm } from 'node:fs/promises';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import type { BotFolder } from './bot-folder.ts';
import { isAlive, type ProcessIdentity } from './process-identity.ts';

const Identity = z.object({ pid: z.int().positive(), processStart: z.string() });

/** What this target wrote down when it last started or stopped a bot. */
const Started = Identity.extend({ generation: z.int(), startedAt: z.string(), stopAsked: z.boolean() });
export type Started = z.infer<typeof Started>;

/** What a supervisor says of itself once it is at work. */
const Published = Identity.extend({ generation: z.int() });
type Published = z.infer<typeof Published>;

export type Known =
  | { state: 'absent' }
  | { state: 'dead'; started: Started }
  | { state: 'alive'; pid: number; processStart: string; generation: number; published: boolean; stopAsked: boolean };

/**
 * What is known of a bot's process. The supervisor's own word counts as much as ours: a server killed
 * right after it started one had no time to write it down.
 */
export async function findProcess(folder: BotFolder): Promise<Known> {
  const started = await readJson(folder.record, Started);
  const published = await readJson(folder.published, Published);
  if (published && (await isAlive(published))) return fromPublished(published, started);
  if (!started) return { state: 'absent' };
  if (await isAlive(started)) return { ...started, state: 'alive', published: false };
  return { state: 'dead', started };
}

function fromPublished(published: Published, started: Started | undefined): Known {
  const stopAsked = started?.pid === published.pid && started.stopAsked;
  return { ...published, state: 'alive', published: true, stopAsked };
}

export async function writeStarted(folder: BotFolder, started: Started): Promise<void> {
  await writeFileAtomic(folder.record, `${JSON.stringify(started)}\n`, { mode: 0o600 });
}

export async function forget(folder: BotFolder): Promise<void> {
  await rm(folder.record, { force: true });
}

/** The process named in a pid file, when it still lives; one that only got the same number is another's. */
export async function liveProcess(file: string): Promise<ProcessIdentity | undefined> {
  const identity = await readJson(file, Identity);
  return identity && (await isAlive(identity)) ? identity : undefined;
}

/** A file that is missing or was cut short says nothing. */
export async function readJson<Schema extends z.ZodType>(
  file: string,
  schema: Schema,
): Promise<z.output<Schema> | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
