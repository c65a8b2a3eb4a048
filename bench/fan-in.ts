import { startDialers } from './fleet/dialers.ts';
import { eventCost } from './fleet/event-cost.ts';
import { startFleet } from './fleet/installation.ts';

/** What an event that comes by itself costs the server's process: see bench/README.md. */
const links = Number(process.env['LINKS'] ?? 200);
const eventsOfEach = Number(process.env['EVENTS'] ?? 100);
const pairsCount = Number(process.env['PAIRS'] ?? 7);
const ratioMax = 2;

await using fleet = await startFleet(links, { CLAWSTER_ROLES: 'http,link' });
const { server, botIds, identity } = fleet;
await using dialers = await startDialers(server.url, botIds, identity);
await dialers.allLinked();
const order = { do: 'send-telemetry', batches: eventsOfEach, items: 1 } as const;
const { ratio, quartiles, ours, peer } = await eventCost({ server, dialers, botIds, identity, order, pairsCount });
console.log(
  `Events one by one over ${links} links, each sent when the one before was acknowledged:\n` +
    `  CPU of an event          ${ratio.toFixed(2)} (${quartiles.map((one) => one.toFixed(2)).join(' to ')}), ` +
    `aim ≤ ${ratioMax} ${ratio <= ratioMax ? 'met' : 'MISSED'}: ${ours.toFixed(1)} µs against ${peer.toFixed(1)} µs; PostgreSQL is in neither`,
);
