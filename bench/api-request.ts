import { join } from 'node:path';
import { type Measured, startMeasured } from './api-request/installation.ts';
import { writeRaw } from './api-request/raw-write.ts';
import { type Connections, openConnections, requestText } from './support/connections.ts';
import { compare, type Compared } from './support/pairs.ts';
import { serve, type Served } from './support/served.ts';

/** What a request costs, over a bare Fastify hello: see bench/README.md. */
const pairs = Number(process.env['PAIRS'] ?? 61);
const requests = Number(process.env['REQUESTS'] ?? 1_000);
const writes = Number(process.env['WRITES'] ?? 1_000);
const concurrency = 20;

const bare = await serve(join(import.meta.dirname, 'api-request/bare.ts'));
const product = await startMeasured(concurrency);
const bareConnections = await openConnections(bare.url, concurrency);
const connections = await openConnections(product.server.url, concurrency);
const signedIn = { cookie: product.cookie };

type Row = { name: string; aim: string; met: (ratio: number) => boolean; unit: string; run: () => Promise<Compared> };
const atMost = (most: number) => ({ aim: `≤ ${most}`, met: (ratio: number) => ratio <= most, unit: 'µs' });
const atLeast = (least: number) => ({ aim: `≥ ${least}`, met: (ratio: number) => ratio >= least, unit: '/s' });
const rows: Row[] = [
  { name: 'public route', ...atMost(1.3), run: () => costOf('/hello', {}) },
  { name: 'signed in, role checked', ...atMost(2), run: () => costOf('/hello/known', signedIn) },
  { name: 'one bot read', ...atMost(5), run: () => costOf(`/bots/${product.botIds[0]}`, signedIn) },
  { name: 'audited write', ...atLeast(0.5), run: () => rateOfWrites(product, connections) },
];
/** `node bench/api-request.ts read` runs the rows that have that word. */
const asked = process.argv.slice(2);
try {
  console.log(
    `Median of the ratios of ${pairs} pairs (quartiles): CPU of the server for a request over a bare Fastify hello,\n` +
      'and writes in a second over the same two rows written by hand',
  );
  for (const row of rows)
    if (asked.length === 0 || asked.some((word) => row.name.includes(word))) print(row, await row.run());
} finally {
  bareConnections.close();
  connections.close();
  await bare.stop();
  await product.close();
}

/** CPU microseconds of one request of ours and of a bare hello. */
function costOf(path: string, headers: Record<string, string>): Promise<Compared> {
  const ours = requestText({ method: 'GET', path: `/api/v1${path}` }, headers);
  const peer = requestText({ method: 'GET', path: '/api/v1/hello' }, headers);
  return compare(pairs, {
    ours: () => cost(product.server, connections, ours),
    peer: () => cost(bare, bareConnections, peer),
  });
}

async function cost(served: Served, over: Connections, request: string): Promise<number> {
  const before = await served.cpuMicroseconds();
  await over.ask(requests, () => request);
  return ((await served.cpuMicroseconds()) - before) / requests;
}

/** Each connection changes a bot of its own, so that none waits for another's row. */
function rateOfWrites({ cookie, botIds, database }: Measured, over: Connections): Promise<Compared> {
  let turn = 0;
  const write = (connection: number) =>
    requestText(
      { method: 'PATCH', path: `/api/v1/bots/${botIds[connection]}` },
      { cookie },
      JSON.stringify({ personality: `Personality ${(turn += 1)}` }),
    );
  return compare(pairs, {
    ours: () => rate(() => over.ask(writes, write)),
    peer: () => rate(() => writeRaw(database, botIds, writes)),
  });
}

async function rate(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return (writes * 1000) / (performance.now() - startedAt);
}

function print({ name, aim, met, unit }: Row, { ours, peer, ratio, quartiles }: Compared): void {
  const [low, high] = quartiles.map((one) => one.toFixed(2));
  console.log(
    `  ${name.padEnd(24)} ${ratio.toFixed(2)} (${low} to ${high}), aim ${aim} ${met(ratio) ? 'met' : 'MISSED'}: ` +
      `${ours.toFixed(0)} ${unit} against ${peer.toFixed(0)} ${unit}`,
  );
}
