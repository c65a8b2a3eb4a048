import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, get } from 'node:http';
import { fileURLToPath } from 'node:url';

/** CPU per request of our HTTP layer over that of a bare Fastify hello: the median of the ratios of interleaved pairs, each server in a process of its own. */
const pairs = Number(process.env['PAIRS'] ?? 9);
const requests = Number(process.env['REQUESTS'] ?? 5_000);
const concurrency = 20;
const agent = new Agent({ keepAlive: true, maxSockets: concurrency });

type Served = { process: ChildProcess; port: number };

async function serve(kind: 'bare' | 'public' | 'signed-in'): Promise<Served> {
  const child = fork(fileURLToPath(new URL('api-request-server.ts', import.meta.url)), [kind], {
    env: { ...process.env, NODE_ENV: 'production' },
  });
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  return { process: child, port };
}

/** Microseconds of CPU the server spends on one request. */
async function cost(served: Served): Promise<number> {
  const before = await cpuOf(served);
  let left = requests;
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      while (left-- > 0) await ask(served.port);
    }),
  );
  return ((await cpuOf(served)) - before) / requests;
}

async function cpuOf({ process: child }: Served): Promise<number> {
  child.send('cpu');
  const [{ cpu }] = (await once(child, 'message')) as [{ cpu: number }];
  return cpu;
}

function ask(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    get({ port, path: '/api/v1/hello', agent, headers: { cookie: 'clawster-session-4500=bench' } }, (response) => {
      if (response.statusCode !== 200) return reject(new Error(`The server answered ${response.statusCode}`));
      response.resume().once('end', resolve);
    }).once('error', reject);
  });
}

const median = (numbers: number[]) =>
  numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? Number.NaN;

async function ratio(ours: Served, bare: Served): Promise<number> {
  for (const served of [bare, ours]) await cost(served);
  const ratios: number[] = [];
  for (let pair = 0; pair < pairs; pair += 1) {
    const hello = await cost(bare);
    ratios.push((await cost(ours)) / hello);
  }
  return median(ratios);
}

const [bare, open, signedIn] = [await serve('bare'), await serve('public'), await serve('signed-in')];
const figures = { public: await ratio(open, bare), signedIn: await ratio(signedIn, bare) };
for (const served of [bare, open, signedIn]) served.process.disconnect();
agent.destroy();
console.log(`CPU per request over a bare Fastify hello, median of ${pairs} pairs of ${requests} requests:`);
console.log(
  `public route ${figures.public.toFixed(2)} (aim 1.3), signed in with role check ${figures.signedIn.toFixed(2)} (aim 2.0)`,
);
