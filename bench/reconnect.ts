import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startDialers } from './fleet/dialers.ts';
import { startFleet } from './fleet/installation.ts';
import { bundle } from './support/bundle.ts';
import { type Pair, summarise } from './support/pairs.ts';
import { serve } from './support/served.ts';

/** How long a fleet is without its server when that is killed, over a bare WebSocket server with the same clients: see bench/README.md. */
const bots = Number(process.env['BOTS'] ?? 10_000);
const pairsCount = Number(process.env['PAIRS'] ?? 3);

const bareFile = await bundle(join(import.meta.dirname, 'fleet/bare-links.ts'));
const pairs: Pair[] = [];
await using fleet = await startFleet(bots, { CLAWSTER_ROLES: 'http,link' });
let bare = await serve(bareFile);
for (let pair = 0; pair < pairsCount; pair += 1) {
  console.error(`Pair ${pair + 1} of ${pairsCount} …`);
  const peer = await back({
    url: bare.url,
    kill: () => bare.kill(),
    again: async () => void (bare = await serve(bareFile, { CLAWSTER_PORT: bare.url.port })),
  });
  const ours = await back({ url: fleet.server.url, kill: () => fleet.server.kill(), again: fleet.again });
  pairs.push({ ours, peer });
}
const { ratio, quartiles, ours, peer } = summarise(pairs);
const [low, high] = quartiles.map((one) => one.toFixed(2));
console.log(
  `${bots} bots, the server killed and started again at once, until the last is linked (${pairsCount} pairs):`,
);
console.log(
  `  from its first answer    ${ratio.toFixed(2)} (${low} to ${high}), aim ≤ 1.5 ${ratio <= 1.5 ? 'met' : 'MISSED'}: ` +
    `${(ours / 1000).toFixed(1)} s against ${(peer / 1000).toFixed(1)} s`,
);
await bare.stop();

type Server = { url: URL; kill(): Promise<void>; again(): Promise<void> };

/** Milliseconds from the new server's first answer to the last link. */
async function back({ url, kill, again }: Server): Promise<number> {
  await using dialers = await startDialers(url, fleet.botIds, fleet.identity);
  await dialers.allLinked();
  await sleep(3_000);
  await kill();
  await again();
  const startedAt = performance.now();
  await dialers.allLinked();
  return performance.now() - startedAt;
}
