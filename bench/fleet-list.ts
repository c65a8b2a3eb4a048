import { gzipSync } from 'node:zlib';
import pg from 'pg';
import { listOfBots } from './fleet/list-sql.ts';
import { startFleet } from './fleet/installation.ts';
import { median, quantile } from './support/pairs.ts';

/** What the list of a large fleet costs, over the same SQL by hand: see bench/README.md. */
const bots = Number(process.env['BOTS'] ?? 10_000);
const requests = Number(process.env['REQUESTS'] ?? 200);
const rounds = Number(process.env['ROUNDS'] ?? 3);
const millisecondsMore = 5;
const pageKbMax = 60;

await using fleet = await startFleet(bots, { CLAWSTER_ROLES: 'http' });
const raw = new pg.Client({ connectionString: connectionOf(fleet.database) });
await raw.connect();
const { rows } = await raw.query<{ id: string }>('select id from workspace');
const workspaceId = rows[0]?.id ?? '';

type Case = { name: string; query: string; where: string; order: string };
const cases: Case[] = [
  { name: 'first page', query: '?limit=50', where: "bot.phase <> 'destroyed'", order: 'lower(bot.name)' },
  {
    name: 'search',
    query: '?limit=50&search=bot-77',
    where: "bot.phase <> 'destroyed' and strpos(lower(bot.name), 'bot-77') > 0",
    order: 'lower(bot.name)',
  },
  {
    name: 'one phase, newest first',
    query: '?limit=50&phase=ready&order=since&descending=true',
    where: `(${listOfBots.currentPhase}) = 'ready'`,
    order: `to_char(bot.phase_since at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') desc`,
  },
];

console.log(
  `GET /bots of ${bots} bots, over the same SQL on a connection of its own (95th percentiles, median of ${rounds}):`,
);
for (const one of cases) await tell(one);
const page = Buffer.from(await (await ask('?limit=50')).arrayBuffer());
const kb = (page.length / 1000).toFixed(1);
const met = page.length <= pageKbMax * 1000 ? 'met' : 'MISSED';
console.log(
  `  a page of 50             ${kb} kB as it is sent (not compressed), aim ≤ ${pageKbMax} kB ${met}; gzip would make ${(gzipSync(page).length / 1000).toFixed(1)} kB`,
);
await raw.end();

async function tell({ name, query, where, order }: Case): Promise<void> {
  const sql = listOfBots.sql({ workspaceId, where, order });
  const theirs = async () => {
    await raw.query('begin read only');
    await raw.query(sql.page);
    await raw.query(sql.total);
    await raw.query('commit');
  };
  const ours = async () => void (await (await ask(query)).arrayBuffer());
  await times(ours, 50);
  await times(theirs, 50);
  const p95s: { ours: number; peer: number }[] = [];
  for (let round = 0; round < rounds; round += 1) p95s.push(await inTurn(ours, theirs));
  const [own, peer] = [median(p95s.map((one) => one.ours)), median(p95s.map((one) => one.peer))];
  const limit = 2 * peer + millisecondsMore;
  console.log(
    `  ${name.padEnd(24)} ${own.toFixed(1)} ms against ${peer.toFixed(1)} ms: ${(own / peer).toFixed(2)}, ` +
      `aim ≤ 2 × + ${millisecondsMore} ms (${limit.toFixed(1)} ms) ${own <= limit ? 'met' : 'MISSED'}`,
  );
}

async function inTurn(ours: () => Promise<void>, theirs: () => Promise<void>): Promise<{ ours: number; peer: number }> {
  const [own, peer]: [number[], number[]] = [[], []];
  for (let left = requests; left > 0; left -= 1) {
    own.push(...(await times(ours, 1)));
    peer.push(...(await times(theirs, 1)));
  }
  return { ours: quantile(own, 0.95), peer: quantile(peer, 0.95) };
}

async function times(work: () => Promise<void>, count: number): Promise<number[]> {
  const all: number[] = [];
  for (let left = count; left > 0; left -= 1) {
    const startedAt = performance.now();
    await work();
    all.push(performance.now() - startedAt);
  }
  return all;
}

async function ask(query: string): Promise<Response> {
  const response = await fetch(new URL(`/api/v1/bots${query}`, fleet.server.url), {
    headers: { cookie: fleet.cookie },
  });
  if (response.status !== 200) throw new Error(await response.text());
  return response;
}

function connectionOf(pool: pg.Pool): string {
  return pool.options.connectionString ?? '';
}
