import { type Measured, startMeasured } from './api-request/installation.ts';
import { writeRaw } from './api-request/raw-write.ts';
import { type Connections, openConnections, requestText } from './support/connections.ts';
import { type Measure, measurePairs, type Pair, summarise } from './support/pairs.ts';

/** What a request costs, over a bare Fastify hello: see bench/README.md. */
const rounds = Number(process.env['ROUNDS'] ?? 3);
const pairsInRound = Number(process.env['PAIRS'] ?? 21);
const requests = Number(process.env['REQUESTS'] ?? 1_000);
const writes = Number(process.env['WRITES'] ?? 400);
const concurrency = 20;
const warmUpBatches = 12;

/** What a browser sends with each request of the dashboard; the bare server gets the same. */
const browser = {
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36',
  accept: 'application/json',
  'accept-encoding': 'gzip, deflate, br, zstd',
  'accept-language': 'en-GB,en;q=0.9',
  'sec-fetch-dest': 'empty',
  'sec-fetch-mode': 'cors',
  'sec-fetch-site': 'same-origin',
};

type Row = { name: string; aim: string; met: (ratio: number) => boolean; unit: string };
const atMost = (most: number) => ({ aim: `≤ ${most}`, met: (ratio: number) => ratio <= most, unit: 'µs' });
const rows: (Row & { measure: (round: Round) => Measure })[] = [
  { name: 'public route', ...atMost(1.3), measure: (round) => cost(round, { path: '/hello' }) },
  { name: 'Nest alone, public', ...atMost(1.3), measure: (round) => cost(round, { of: 'nest', path: '/hello' }) },
  {
    name: 'signed in, role checked',
    ...atMost(2),
    measure: (round) => cost(round, { path: '/hello/known', signedIn: true }),
  },
  {
    name: 'one bot read',
    ...atMost(5),
    measure: (round) => cost(round, { path: `/bots/${round.product.botIds[0]}`, signedIn: true }),
  },
  { name: 'audited write', aim: '≥ 0.5', met: (ratio) => ratio >= 0.5, unit: '/s', measure: rateOfWrites },
];
/** `node bench/api-request.ts read` measures the rows that have that word. */
const words = process.argv.slice(2);
const asked = rows.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));

const servers = ['server', 'bare', 'nest'] as const;
type ServerName = (typeof servers)[number];

/** Servers of a round are fresh: how a process is laid out in memory and compiled differs from start to start. */
type Round = { product: Measured; connections: Record<ServerName, Connections> };

const measured = new Map<string, Pair[]>(asked.map(({ name }) => [name, []]));
for (let round = 1; round <= rounds; round += 1) {
  console.error(`Round ${round} of ${rounds} …`);
  await inRound(async (current) => {
    for (const { name, measure } of asked)
      measured.get(name)?.push(...(await measurePairs(pairsInRound, measure(current))));
  });
}
console.log(
  `Medians of ${rounds * pairsInRound} pairs in ${rounds} rounds; half of the ratios lie within the brackets.`,
);
console.log('CPU of the server for one request over a bare Fastify hello; writes in a second over the same by hand:');
for (const row of asked) print(row, measured.get(row.name) ?? []);

async function inRound(work: (round: Round) => Promise<void>): Promise<void> {
  await using product = await startMeasured(concurrency);
  const opened = await Promise.all(servers.map((name) => openConnections(product[name].url, concurrency)));
  const connections = Object.fromEntries(servers.map((name, index) => [name, opened[index]]));
  try {
    await work({ product, connections: connections as Round['connections'] });
  } finally {
    for (const one of opened) one.close();
  }
}

type Asked = { of?: ServerName; path: string; signedIn?: boolean };

/** CPU microseconds of one request of ours, or of another server, and of a bare hello. */
function cost({ product, connections }: Round, { of = 'server', path, signedIn = false }: Asked): Measure {
  const headers = signedIn ? { ...browser, cookie: product.cookie } : browser;
  const text = requestText({ method: 'GET', path: `/api/v1${path}` }, headers);
  const peer = requestText({ method: 'GET', path: '/api/v1/hello' }, headers);
  const batch = async (name: ServerName, times: number) => {
    const before = await product[name].cpuMicroseconds();
    await connections[name].ask(times, () => (name === 'bare' ? peer : text));
    return ((await product[name].cpuMicroseconds()) - before) / times;
  };
  return {
    ours: () => batch(of, requests),
    peer: () => batch('bare', requests),
    async warmUp() {
      await batch('bare', requests * warmUpBatches);
      await batch(of, requests * warmUpBatches);
    },
  };
}

/** Each connection changes a bot of its own, so that none waits for another's row. */
function rateOfWrites({ product, connections }: Round): Measure {
  const { cookie, botIds, database } = product;
  let turn = 0;
  const write = (connection: number) =>
    requestText(
      { method: 'PATCH', path: `/api/v1/bots/${botIds[connection]}` },
      { ...browser, cookie },
      JSON.stringify({ personality: `Personality ${(turn += 1)}` }),
    );
  const ours = () => rate(() => connections.server.ask(writes, write));
  const peer = () => rate(() => writeRaw(database, botIds, writes));
  return {
    ours,
    peer,
    async warmUp() {
      for (let batch = 0; batch < 3; batch += 1) await ours();
      await peer();
    },
  };
}

async function rate(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return (writes * 1000) / (performance.now() - startedAt);
}

function print({ name, aim, met, unit }: Row, pairs: Pair[]): void {
  const { ours, peer, ratio, quartiles } = summarise(pairs);
  const [low, high] = quartiles.map((one) => one.toFixed(2));
  console.log(
    `  ${name.padEnd(24)} ${ratio.toFixed(2)} (${low} to ${high}), aim ${aim} ${met(ratio) ? 'met' : 'MISSED'}: ` +
      `${ours.toFixed(0)} ${unit} against ${peer.toFixed(0)} ${unit}`,
  );
}
