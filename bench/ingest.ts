import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { startDialers } from './fleet/dialers.ts';
import { startFleet } from './fleet/installation.ts';
import { modelCall } from './fleet/model-call.ts';
import { measurePairs, summarise } from './support/pairs.ts';

/** How fast telemetry is stored that comes over links, over plain batched inserts into the same table: see bench/README.md. */
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
const ours = () => rate(() => dialers.order({ do: 'send-telemetry', batches: batchesOfEach, items: itemsInBatch }));
const peer = () => rate(() => insertPlainly(database));
const pairs = await measurePairs(pairsCount, {
  ours,
  peer,
  async warmUp() {
    await ours();
    await peer();
  },
});
const { ratio, quartiles, ours: own, peer: theirs } = summarise(pairs);
const [low, high] = quartiles.map((one) => one.toFixed(2));
console.log(
  `Telemetry over ${links} links in batches of ${itemsInBatch}, until it is acknowledged, over the same inserted plainly:`,
);
console.log(
  `  events in a second       ${ratio.toFixed(2)} (${low} to ${high}), aim ≥ 0.6 ${ratio >= 0.6 ? 'met' : 'MISSED'}: ` +
    `${own.toFixed(0)} /s against ${theirs.toFixed(0)} /s`,
);

async function rate(work: () => Promise<void>): Promise<number> {
  await database.query('truncate telemetry');
  const startedAt = performance.now();
  await work();
  return (events * 1000) / (performance.now() - startedAt);
}

/** The peer: UNNEST of a thousand rows at a time, on as many connections as the server has. */
async function insertPlainly(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ workspace_id: string }>('select workspace_id from bot limit 1');
  const workspaceId = rows[0]?.workspace_id;
  let left = events / 1_000;
  const epoch = Date.now();
  let sequence = 0;
  await Promise.all(
    Array.from({ length: connections }, async (_, connection) => {
      const data = Array.from({ length: 1_000 }, () => JSON.stringify(modelCall));
      while (left-- > 0) {
        const numbers = data.map(() => (sequence += 1));
        await pool.query(
          `insert into telemetry (bot_id, workspace_id, epoch, sequence, at, kind, data)
           select $1, $2, $3, sequence, now(), 'model-call', data
           from unnest($4::bigint[], $5::jsonb[]) as item (sequence, data)`,
          [botIds[connection % botIds.length] ?? randomUUID(), workspaceId, epoch, numbers, data],
        );
      }
    }),
  );
}
