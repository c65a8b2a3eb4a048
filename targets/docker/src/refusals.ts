import { posix } from 'node:path';
import type { RefusedEgress } from '@clawster/target/egress';
import { addRefused } from '@clawster/target/refused';
import type Docker from 'dockerode';
import { z } from 'zod';
import { textOf } from './output.ts';
import { place } from './place.ts';
import { readFile, writeFile } from './volume-files.ts';

/** When the last line was written that was read; beside the lists, so that it outlives the proxy and us. */
const toldFile = posix.join(place.lists, 'told');

const Line = z.object({
  refused: z.object({
    botId: z.string(),
    place: z.string(),
    reason: z.enum(['not-allowed', 'not-a-name', 'address-inside', 'wrong-network', 'malformed', 'too-many']),
    count: z.int().positive(),
    firstAt: z.iso.datetime(),
    lastAt: z.iso.datetime(),
  }),
}) satisfies z.ZodType<{ refused: RefusedEgress }>;

/** What the proxy refused since this was asked last: each bot, place and reason once. */
export async function takeRefused(proxy: Docker.Container): Promise<RefusedEgress[]> {
  const told = (await readFile(proxy, toldFile)) ?? '';
  const written = await proxy.logs(linesSince(told));
  const { last, refused } = refusedSince(written, told);
  if (last !== undefined) await writeFile(proxy, toldFile, last);
  return refused;
}

/** How a proxy's output is asked for from the last line that was told on. */
export const linesSince = (told: string) => ({
  stdout: true,
  stderr: false,
  follow: false as const,
  timestamps: true,
  since: told === '' ? 0 : Math.floor(Date.parse(told) / 1000),
});

/** What was refused in lines that were written after those that were told, and when the last of all lines was. */
export function refusedSince(written: Buffer, told: string): { last: string | undefined; refused: RefusedEgress[] } {
  const lines = textOf(written).split('\n').map(split);
  // The engine's times have nine digits each, so that they sort as they are written; those of two tasks may be mixed.
  const fresh = lines.filter(({ at }) => at > told).toSorted((a, b) => (a.at < b.at ? -1 : 1));
  return { last: fresh.at(-1)?.at, refused: inOne(fresh.flatMap(({ text }) => refusedIn(text))) };
}

function split(line: string): { at: string; text: string } {
  const end = line.indexOf(' ');
  return { at: line.slice(0, Math.max(0, end)), text: line.slice(end + 1) };
}

/** Other lines are about the lists, or cut off where the log was. */
function refusedIn(text: string): RefusedEgress[] {
  try {
    const { data } = Line.safeParse(JSON.parse(text));
    return data ? [data.refused] : [];
  } catch {
    return [];
  }
}

function inOne(refused: RefusedEgress[]): RefusedEgress[] {
  const sums = new Map<string, RefusedEgress>();
  for (const one of refused) {
    const key = JSON.stringify([one.botId, one.reason, one.place]);
    sums.set(key, addRefused(sums.get(key), one));
  }
  return [...sums.values()];
}
