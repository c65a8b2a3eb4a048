import { randomUUID } from 'node:crypto';
import { ObedientBot } from '../apps/server/src/seed/obedient-bot.ts';
import { StandInSupervisor } from '../apps/server/src/seed/stand-in-supervisor.ts';
import { startDirect } from './delegation/direct.ts';
import { chat, insertTeams } from './delegation/teams.ts';
import { startFleet } from './fleet/installation.ts';
import { measurePairs, median, quantile } from './support/pairs.ts';

/** What a delegation adds to asking a bot directly: see bench/README.md. */
const bots = Number(process.env['BOTS'] ?? 500);
const openTasks = Number(process.env['OPEN'] ?? 5_000);
const pairsCount = Number(process.env['PAIRS'] ?? 7);
const oneByOne = Number(process.env['ONE_BY_ONE'] ?? 200);
const atOnce = Number(process.env['AT_ONCE'] ?? 32);
const together = Number(process.env['TOGETHER'] ?? 1_000);
const gateway = process.env['GATEWAY'] ?? 'stand-in';
const aims = { p50Ms: 5, p99Ms: 25, ratio: 0.5 };

await using fleet = await startFleet(bots, { CLAWSTER_ROLES: 'http,link' });
const { server, botIds, identity, database } = fleet;
const teams = await insertTeams(database, { botIds, size: 10, openTasks });
await using direct = await startDirect(gateway);
const hosts = new Map<string, ObedientBot>();
for (const botId of botIds) {
  const bot = new ObedientBot(({ message }) => direct.ask(message));
  hosts.set(botId, bot);
  await StandInSupervisor.dialIn(server.url.href, { botId, identity, bot, forgetful: true, heartbeatMs: 10_000 });
}

async function delegate(pair: number): Promise<void> {
  const { leadId = '', memberName = '' } = teams[pair] ?? {};
  const input = { to: memberName, title: 'Count', task: `Count to ${randomUUID()}`, wait_seconds: 60 };
  const answer = await hosts.get(leadId)?.call({ tool: 'delegate', arguments: input, session: chat, runId: 'run' });
  if (!answer?.text.includes('is done')) throw new Error(`It was not done: ${answer?.text}`);
}
const ask = async () => void (await direct.ask(`Count to ${randomUUID()}`));

/** How long each took, one after the other. */
async function timesOf(work: (pair: number) => Promise<void>): Promise<number[]> {
  const times: number[] = [];
  for (let at = 0; at < oneByOne; at += 1) {
    const begin = performance.now();
    await work(at % teams.length);
    times.push(performance.now() - begin);
  }
  return times;
}

/** How many were done in a second, so many at once. */
async function rateOf(work: (pair: number) => Promise<void>): Promise<number> {
  let begun = 0;
  const begin = performance.now();
  await Promise.all(
    Array.from({ length: atOnce }, async (_, worker) => {
      while (begun++ < together) await work(worker % teams.length);
    }),
  );
  return together / ((performance.now() - begin) / 1_000);
}

await timesOf(ask);
await timesOf(delegate);
const added: { p50: number; p99: number }[] = [];
for (let pair = 0; pair < pairsCount; pair += 1) {
  const [bare, whole] = [await timesOf(ask), await timesOf(delegate)];
  added.push({ p50: median(whole) - median(bare), p99: quantile(whole, 0.99) - quantile(bare, 0.99) });
}
const rates = await measurePairs(pairsCount, {
  ours: () => rateOf(delegate),
  peer: () => rateOf(ask),
  warmUp: async () => void (await rateOf(delegate)),
});
const p50 = median(added.map((one) => one.p50));
const p99 = median(added.map((one) => one.p99));
const ratio = median(rates.map(({ ours, peer }) => ours / peer));
const [ours, peer] = [median(rates.map((one) => one.ours)), median(rates.map((one) => one.peer))];
const judged = (isMet: boolean) => (isMet ? 'met' : 'MISSED');
const { rows } = await database.query<{ open: number; done: number }>(
  `select count(*) filter (where ended_at is null)::int as open, count(*) filter (where state = 'done')::int as done from delegation`,
);
console.log(
  `Delegations to a ${gateway} gateway among ${botIds.length} bots of ${teams.length} teams, ${rows[0]?.open} others open, ${rows[0]?.done} done; ` +
    `asked, judged, delivered, begun, ended, settled, with trace and audit:\n` +
    `  added to a direct question   p50 ${p50.toFixed(1)} ms, aim ≤ ${aims.p50Ms} ${judged(p50 <= aims.p50Ms)}; ` +
    `p99 ${p99.toFixed(1)} ms, aim ≤ ${aims.p99Ms} ${judged(p99 <= aims.p99Ms)}\n` +
    `  in a second, ${atOnce} at once      ${ratio.toFixed(3)} of direct, aim ≥ ${aims.ratio} ${judged(ratio >= aims.ratio)}: ` +
    `${ours.toFixed(0)} against ${peer.toFixed(0)}`,
);
