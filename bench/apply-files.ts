import { startFleet } from './fleet/installation.ts';
import { type Asked, asking } from './support/ask.ts';
import { median } from './support/pairs.ts';

/** What it takes to make a workspace as files say, in one transaction: see bench/README.md. */
const bots = Number(process.env['BOTS'] ?? 500);
const rounds = Number(process.env['ROUNDS'] ?? 3);
/** What is asked of a request that a person waits for in continuous integration. */
const applyMsMax = 5_000;

type Item = { kind: string; name: string; personality?: string };

const made: number[] = [];
const seen: number[] = [];
const changed: number[] = [];
const items = await exported();
for (let round = 1; round <= rounds; round += 1) {
  await using empty = await startFleet(0, { CLAWSTER_ROLES: 'http' });
  const ask = asking(empty);
  made.push(await timed(() => expectSteps(ask('POST', '/manifests/apply', { items }), bots)));
  seen.push(await timed(() => expectSteps(ask('POST', '/manifests/plan', { items }), 0)));
  const others = items.map((item) => (item.kind === 'Bot' ? { ...item, personality: `Round ${round}.` } : item));
  changed.push(await timed(() => expectSteps(ask('POST', '/manifests/apply', { items: others }), bots)));
}

console.log(`Files that say ${bots} bots (median of ${rounds}):`);
console.log(
  `  made in an empty workspace  ${median(made).toFixed(0)} ms, aim ≤ ${applyMsMax} ms ${median(made) <= applyMsMax ? 'met' : 'MISSED'}`,
);
console.log(`  seen that nothing differs   ${median(seen).toFixed(0)} ms`);
console.log(`  every one of them changed   ${median(changed).toFixed(0)} ms`);

/** The files of a workspace with so many bots. */
async function exported(): Promise<Item[]> {
  await using fleet = await startFleet(bots, { CLAWSTER_ROLES: 'http' });
  return (await asking(fleet)('GET', '/manifests'))['items'] as Item[];
}

async function expectSteps(answer: Promise<Asked>, count: number): Promise<void> {
  const { length } = (await answer)['steps'] as unknown[];
  if (length !== count) throw new Error(`There were ${length} steps, not ${count}`);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}
