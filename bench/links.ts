import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Dialers, startDialers } from './fleet/dialers.ts';
import { startFleet } from './fleet/installation.ts';
import { bundle } from './support/bundle.ts';
import { type Pair, summarise } from './support/pairs.ts';
import { serve, type Served } from './support/served.ts';

/** What a connected bot costs the server, over a bare WebSocket server with the same clients: see bench/README.md. */
const bots = Number(process.env['BOTS'] ?? 10_000);
const windows = Number(process.env['WINDOWS'] ?? 9);
const windowMs = 10_000;

await using fleet = await startFleet(bots, { CLAWSTER_ROLES: 'http,link' });
const bare = await serve(await bundle(join(import.meta.dirname, 'fleet/bare-links.ts')));
const { botIds, identity, server } = fleet;
console.error(`Linking ${bots} bots to each …`);
const peer = await linked(bare);
const ours = await linked(server);

/** Both are measured over the same seconds, in which every bot reports to both. */
const pairs: Pair[] = [];
for (let window = 0; window < windows; window += 1) {
  const before = await Promise.all([server.cpuMicroseconds(), bare.cpuMicroseconds()]);
  await sleep(windowMs);
  const after = await Promise.all([server.cpuMicroseconds(), bare.cpuMicroseconds()]);
  pairs.push({ ours: (after[0] - before[0]) / bots, peer: (after[1] - before[1]) / bots });
}
const { rows } = await fleet.database.query<{ heard: number }>(
  "select count(*)::int as heard from link where last_seen_at between now() - interval '15 seconds' and now()",
);
const cpu = summarise(pairs);
const [low, high] = cpu.quartiles.map((one) => one.toFixed(2));
const said = (met: boolean) => (met ? 'met' : 'MISSED');
console.log(`${bots} connected bots, each reporting every 10 s (${rows[0]?.heard} heard of in the last 15 s):`);
console.log(
  `  memory of the server     ${ours.kibEach.toFixed(1)} KiB each, aim ≤ 40 KiB ${said(ours.kibEach <= 40)}: ` +
    `${(ours.bytes / 2 ** 20).toFixed(0)} MiB in all; bare ${peer.kibEach.toFixed(1)} KiB each`,
);
console.log(
  `  CPU of the server        ${cpu.ratio.toFixed(2)} (${low} to ${high}), aim ≤ 2.5 ${said(cpu.ratio <= 2.5)}: ` +
    `${cpu.ours.toFixed(0)} µs against ${cpu.peer.toFixed(0)} µs for one report`,
);
await Promise.all([ours.dialers[Symbol.asyncDispose](), peer.dialers[Symbol.asyncDispose](), bare.stop()]);

type Linked = { dialers: Dialers; bytes: number; kibEach: number };

async function linked(to: Served): Promise<Linked> {
  const before = await to.memoryBytes();
  const dialers = await startDialers(to.url, botIds, identity);
  await dialers.allLinked();
  // Two reports of each, so that what is made at the first is there.
  await sleep(20_000);
  const bytes = await to.memoryBytes();
  return { dialers, bytes, kibEach: (bytes - before) / bots / 1024 };
}
