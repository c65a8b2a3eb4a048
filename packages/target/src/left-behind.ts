import { z } from 'zod';

/** What lies in a bot's folder and tells what it was, when nothing else does any more. The bot itself may have written all of it. */
export type LeftBehind = {
  name?: string | undefined;
  runtimeVersion?: string | undefined;
  memoryBytesMax?: number | undefined;
  /** The files its identity was written into, by name. */
  files: Record<string, string>;
};

/** Larger than any of these files is by far. */
export const leftFileBytesMax = 100_000;

const identityFiles = ['SOUL.md', 'IDENTITY.md', 'AGENTS.md'];

const Workload = z
  .object({
    botName: z.string().max(1_000),
    memoryBytesMax: z.number(),
    runtime: z.object({ version: z.string().max(100) }).partial(),
  })
  .partial();

/** What a bot's folder says of it. `read` answers a small file, and undefined for what is missing or is none. */
export async function leftBehindBy(read: (name: string) => Promise<string | undefined>): Promise<LeftBehind> {
  const workload = workloadIn(await read('workload.json'));
  const files: Record<string, string> = {};
  for (const name of identityFiles) {
    const text = await read(`workspace/${name}`);
    if (text !== undefined) files[name] = text;
  }
  return {
    name: workload?.botName,
    runtimeVersion: workload?.runtime?.version,
    memoryBytesMax: workload?.memoryBytesMax,
    files,
  };
}

function workloadIn(text: string | undefined) {
  try {
    return text === undefined ? undefined : Workload.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
