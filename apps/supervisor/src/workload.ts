import { createInterface } from 'node:readline';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';

/** What a target hands over, without the join token: this much may lie on the disk. */
export const Workload = z.object({
  botId: z.string(),
  /** Whose it is, for whoever finds the folder one day. */
  workspaceId: z.string().optional(),
  botName: z.string(),
  generation: z.int(),
  controlPlaneUrl: z.string(),
  memoryBytesMax: z.number(),
  /** What its own container may take in all; absent where it has none. */
  container: z.object({ memoryBytesMax: z.number(), cpusMax: z.number(), processesMax: z.int() }).optional(),
  runtime: z.object({
    version: z.string(),
    directory: z.string(),
    node: z.string(),
    compileCacheDirectory: z.string(),
    /** Absent from a target of before, and where no channel's plugin is prepared. */
    pluginsDirectory: z.string().optional(),
  }),
  supervisor: z.object({ file: z.string(), version: z.string() }),
  /** The one way out, with the bot's own credential in it; absent where its target does not confine it. */
  egress: z
    .object({
      proxyUrl: z.url({ protocol: /^http$/ }),
      /** Its control plane is beside it, and no way out is needed for that. */
      link: z.literal('beside').optional(),
    })
    .optional(),
});
export type Workload = z.infer<typeof Workload>;

const StartLine = z.object({ workload: Workload, joinToken: z.string().optional(), directory: z.string() });
export type Start = { workload: Workload; directory: string; joinToken: string | undefined };

/** Takes the one line a target writes to standard input; without one, starts again from what lies in `directory`. */
export async function readStart(input: Readable, directory: string): Promise<Start> {
  const line = await firstLine(input, 10_000);
  if (line === undefined) return { workload: await readWorkload(directory), directory, joinToken: undefined };
  return takeStart(line);
}

/** Takes the line from a file, such as a secret that its target mounted in memory; without one, nothing is started. */
export async function readStartFrom(file: string): Promise<Start> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new Error(`What to start was to be read from ${file}, which cannot be read`, { cause });
  });
  if (text.trim() === '') throw new Error(`What to start was to be read from ${file}, which is empty`);
  return takeStart(text);
}

async function takeStart(line: string): Promise<Start> {
  const start = StartLine.parse(JSON.parse(line));
  await mkdir(start.directory, { recursive: true, mode: 0o700 });
  await writeFileAtomic(workloadFile(start.directory), `${JSON.stringify(start.workload, null, 2)}\n`, { mode: 0o600 });
  return { workload: start.workload, directory: start.directory, joinToken: start.joinToken };
}

/** Read anew at each use: the address of the control plane may have changed since the start. */
export async function readWorkload(directory: string): Promise<Workload> {
  const file = workloadFile(directory);
  if (!existsSync(file))
    throw new Error(`There is no bot in ${directory}: ${file} is missing. Let the target start this bot`);
  return Workload.parse(JSON.parse(await readFile(file, 'utf8')));
}

function workloadFile(directory: string) {
  return join(directory, 'workload.json');
}

async function firstLine(input: Readable, timeoutMs: number): Promise<string | undefined> {
  if ('isTTY' in input && input.isTTY) return undefined;
  const lines = createInterface({ input });
  const timer = setTimeout(() => lines.close(), timeoutMs);
  try {
    for await (const line of lines) if (line.trim() !== '') return line;
    return undefined;
  } finally {
    clearTimeout(timer);
    lines.close();
    input.destroy();
  }
}
