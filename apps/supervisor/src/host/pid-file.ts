import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { processStart } from './process-start.ts';

const Holder = z.object({ pid: z.int(), processStart: z.string() });
export type Holder = z.infer<typeof Holder>;

/** Whoever is named in the file and still runs; a file left by the dead names nobody. */
export async function readHolder(file: string): Promise<Holder | undefined> {
  try {
    const holder = Holder.parse(JSON.parse(await readFile(file, 'utf8')));
    return (await processStart(holder.pid)) === holder.processStart ? holder : undefined;
  } catch {
    return undefined;
  }
}

/** Takes the file for this process, or returns who holds it. Only one of several that ask at once gets it. */
export async function takePidFile(file: string): Promise<Holder | undefined> {
  const own = { pid: process.pid, processStart: (await processStart(process.pid)) ?? '' };
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, JSON.stringify(own), { mode: 0o600 });
  try {
    for (;;) {
      // A hard link appears whole or not at all, and fails if the name is taken.
      const taken = await link(draft, file).then(
        () => true,
        () => false,
      );
      if (taken) return undefined;
      const holder = await readHolder(file);
      if (holder) return holder;
      await rm(file, { force: true });
    }
  } finally {
    await rm(draft, { force: true });
  }
}
