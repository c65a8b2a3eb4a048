import { startDialers } from './fleet/dialers.ts';
import { eventCost } from './fleet/event-cost.ts';
import { startFleet } from './fleet/installation.ts';
import { insertSpans } from './fleet/insert-spans.ts';
import { measurePairs, quantile, summarise } from './support/pairs.ts';

/** How fast telemetry is stored that comes over links, how long it waits, and what it costs the server: see bench/README.md. */
const links = Number(process.env['LINKS'] ?? 50);
const itemsInBatch = Number(process.env['ITEMS'] ?? 1_000);
const batches = Number(process.env['BATCHES'] ?? 100);
const pairsCount = Number(process.env['PAIRS'] ?? 5);
/** As many as the server's own pool has. */
const connections = 20;

await using fleet = await startFleet(links, { CLAWSTER_ROLES: 'http,link' });
const { database, server, botIds, identity } = fleet;
await using dialers = await startDialers(server.url, botIds, identity);
await dialers.allLinked();
const batchesOfEach = Math.max(1, Math.round(batches / links));
const events = batchesOfEach * links * itemsInBatch;
const order = { do: 'send-telemetry', batches: batchesOfEach, items: itemsInBatch } as const;
const said = (met: boolean) => (met ? 'met' : 'MISSED');
const between = ([low, high]: [number, number]) => `${low.toFixed(2)} to ${high.toFixed(2)}`;

console.log(`Telemetry over ${links} links in batches of ${itemsInBatch}, until it is acknowledged:`);
await stored();
await waited();
await cost();

/** Beside the same rows inserted plainly into the same table: `UNNEST`, 1,000 at a time, no sums kept. */
async function stored(): Promise<void> {
  const ours = () => rate(() => dialers.order(order));
  const peer = () => rate(() => insertSpans(database, { botIds, connections, count: events }));
  const { ratio, quartiles, ...of } = summarise(
    await measurePairs(pairsCount, {
      ours,
      peer,
      async warmUp() {
        await ours();
        await peer();
      },
    }),
  );
  console.log(
    `  events in a second       ${ratio.toFixed(2)} (${between(quartiles)}), aim ≥ 0.6 ${said(ratio >= 0.6)}: ` +
      `${of.ours.toFixed(0)} /s against ${of.peer.toFixed(0)} /s`,
  );
}

async function rate(work: () => Promise<unknown>): Promise<number> {
  await database.query('truncate span, usage_hour, usage_day, latency_day');
  const startedAt = performance.now();
  await work();
  return (events * 1000) / (performance.now() - startedAt);
}

/** At half the load it can take, how long a batch waits from being sent to being acknowledged. */
async function waited(): Promise<void> {
  const whole = await rate(() => dialers.order(order));
  const everyMs = (1000 * 2 * links * itemsInBatch) / whole;
  const waitsMs = await dialers.order({ ...order, batches: Math.max(10, batchesOfEach), everyMs });
  const p99 = quantile(waitsMs, 0.99);
  console.log(
    `  waiting at half load     p99 ${p99.toFixed(0)} ms, aim ≤ 250 ms ${said(p99 <= 250)}: ` +
      `p50 ${quantile(waitsMs, 0.5).toFixed(0)} ms of ${waitsMs.length} batches, one every ${everyMs.toFixed(0)} ms a link`,
  );
}

async function cost(): Promise<void> {
  const { ratio, quartiles, ours, peer } = await eventCost({ server, dialers, botIds, identity, order, pairsCount });
  console.log(
    `  CPU of an event          ${ratio.toFixed(2)} (${between(quartiles)}): ${ours.toFixed(1)} µs against ${peer.toFixed(1)} µs ` +
      'of a bare server that parses the same frames; PostgreSQL is in neither',
  );
}
