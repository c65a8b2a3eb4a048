import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startFleet } from '../fleet/installation.ts';

export type Converging = { bots: number; startMs: number; startsAtOnce: number };

/** Seconds from the moment all bots are wanted until the last one is ready, and the CPU the server took for it. */
export async function converge({ bots, startMs, startsAtOnce }: Converging) {
  await using fleet = await startFleet(
    0,
    { BENCH_START_MS: String(startMs), BENCH_STARTS_AT_ONCE: String(startsAtOnce) },
    join(import.meta.dirname, 'slow-server.ts'),
  );
  const { database, server } = fleet;
  const cpuBefore = await server.cpuMicroseconds();
  const startedAt = performance.now();
  await createBots(fleet, bots);
  for (;;) {
    const { rows } = await database.query<{ ready: number }>(
      "select count(*)::int as ready from bot where phase = 'ready'",
    );
    if (rows[0]?.ready === bots) break;
    await sleep(50);
  }
  const ms = performance.now() - startedAt;
  const cpuMs = ((await server.cpuMicroseconds()) - cpuBefore) / 1000;
  return { ms, cpuMs, criticalMs: Math.ceil(bots / startsAtOnce) * startMs };
}

type Fleet = Awaited<ReturnType<typeof startFleet>>;

/** By the same request a person sends, a few at once. */
async function createBots({ server, cookie }: Fleet, count: number): Promise<void> {
  let left = count;
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      while (left > 0) {
        const number = left--;
        const response = await fetch(new URL('/api/v1/bots', server.url), {
          method: 'POST',
          headers: { 'content-type': 'application/json', cookie },
          body: JSON.stringify({ name: `bot-${number}` }),
        });
        if (!response.ok) throw new Error(await response.text());
        await response.arrayBuffer();
      }
    }),
  );
}
