import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { measurePairs, median, type Pair, summarise } from './support/pairs.ts';
import { serve, type Served } from './support/served.ts';

/** What the model gateway puts between a bot and its model, over asking the provider itself: see bench/README.md. */
const pairsCount = Number(process.env['PAIRS'] ?? 15);
const streams = Number(process.env['STREAMS'] ?? 64);
/** A quick model says some 100 words in a second. */
const pace = { words: 300, paceMs: 10 };
const callsForLatency = 60;

type Call = { words: number; paceMs: number };

const beside = (file: string) => join(import.meta.dirname, 'model-gateway', file);
const provider = await serve(beside('provider.ts'));
const gateway = await serve(beside('gateway.ts'), { PROVIDER_URL: new URL('/v1', provider.url).href });
const agent = new Agent({ keepAlive: true, maxSockets: 1_024 });
/** As long as OpenClaw's: tools, the workspace's files and some turns. */
const prompt = 'x'.repeat(11_000);
try {
  const latency = await pairsOf(firstWordMs);
  const added = median(latency.map(({ ours, peer }) => ours - peer));
  // Before the floods: a heap that has grown by them would hide what streams take.
  const kib = await kibForStream();
  const paced = summarise(await pairsOf((place) => wordsInSecond(place, pace)));
  const flatOut = summarise(await pairsOf((place) => wordsInSecond(place, { words: 2_000, paceMs: 0 })));
  console.log(`A model's stream through the model gateway over the same stream without it, ${pairsCount} pairs:`);
  tell(`memory of a stream, ${streams * 4} open`, `${kib.toFixed(0)} KiB`);
  tell(`added to the first word`, `${added.toFixed(2)} ms, aim ≤ 3 ms ${said(added <= 3)}`);
  tell(`words in a second, ${streams} streams at a model's pace`, aimed(paced));
  tell(`words in a second, ${streams} streams as fast as they can`, aimed(flatOut));
} finally {
  agent.destroy();
  await Promise.all([gateway.kill(), provider.kill()]);
}

function pairsOf(measure: (place: Served) => Promise<number>): Promise<Pair[]> {
  const ours = () => measure(gateway);
  const peer = () => measure(provider);
  return measurePairs(pairsCount, {
    ours,
    peer,
    async warmUp() {
      await ours();
      await peer();
    },
  });
}

/** One stream; resolves with what was heard, `onFirst` when its first word is. */
function ask({ url }: Served, { words, paceMs }: Call, onFirst = () => {}): Promise<void> {
  const body = JSON.stringify({
    model: 'm',
    stream: true,
    stream_options: { include_usage: true },
    messages: [{ role: 'user', content: prompt }],
    words,
    paceMs,
  });
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${url.password}` };
  return new Promise((resolve, reject) => {
    const asking = request(
      { port: url.port, path: '/v1/chat/completions', method: 'POST', agent, headers },
      (response) => {
        if (response.statusCode !== 200) return reject(new Error(`HTTP ${response.statusCode}`));
        response
          .once('data', onFirst)
          .on('data', () => {})
          .on('end', resolve)
          .on('error', reject);
      },
    );
    asking.on('error', reject).end(body);
  });
}

async function firstWordMs(place: Served): Promise<number> {
  const times: number[] = [];
  for (let call = 0; call < callsForLatency; call += 1) {
    const startedAt = performance.now();
    await ask(place, { words: 1, paceMs: 0 }, () => times.push(performance.now() - startedAt));
  }
  return median(times);
}

async function wordsInSecond(place: Served, call: Call): Promise<number> {
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: streams }, () => ask(place, call)));
  return (streams * call.words * 1_000) / (performance.now() - startedAt);
}

/** What the gateway's process grows by while streams are open. */
async function kibForStream(): Promise<number> {
  const open = streams * 4;
  const before = await gateway.memoryBytes();
  const all = Promise.all(Array.from({ length: open }, () => ask(gateway, { words: 200, paceMs: 50 })));
  await sleep(5_000);
  const during = await gateway.memoryBytes();
  await all;
  return (during - before) / open / 1024;
}

function aimed({ ratio, quartiles: [low, high], ours, peer }: ReturnType<typeof summarise>): string {
  const figures = `${ratio.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)}): ${ours.toFixed(0)} against ${peer.toFixed(0)}`;
  return `${figures}, aim ≥ 0.9 ${said(ratio >= 0.9)}`;
}

function said(isMet: boolean): string {
  return isMet ? 'met' : 'MISSED';
}

function tell(what: string, figure: string): void {
  console.log(`  ${what.padEnd(52)} ${figure}`);
}
