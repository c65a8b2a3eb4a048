import { converge } from './reconcile/converge.ts';
import { rest } from './reconcile/rest.ts';
import { median, summarise } from './support/pairs.ts';

/** How fast a fleet converges, and what it costs when there is nothing to do: see bench/README.md. */
const bots = Number(process.env['BOTS'] ?? 500);
const resting = Number(process.env['RESTING'] ?? 10_000);
const rounds = Number(process.env['ROUNDS'] ?? 3);
const startMs = Number(process.env['START_MS'] ?? 3_000);
const startsAtOnce = Number(process.env['STARTS_AT_ONCE'] ?? 20);
/** `node bench/reconcile.ts converge` measures that alone; `rest` the other. */
const words = process.argv.slice(2);
const asked = (word: string) => words.length === 0 || words.includes(word);
const said = (met: boolean) => (met ? 'met' : 'MISSED');

if (asked('converge')) {
  const runs: Awaited<ReturnType<typeof converge>>[] = [];
  for (let round = 0; round < rounds; round += 1) runs.push(await converge({ bots, startMs, startsAtOnce }));
  const ratio = median(runs.map(({ ms, criticalMs }) => ms / criticalMs));
  const seconds = (median(runs.map(({ ms }) => ms)) / 1000).toFixed(1);
  const cpu = (median(runs.map(({ cpuMs }) => cpuMs)) / bots).toFixed(1);
  const critical = ((runs[0]?.criticalMs ?? NaN) / 1000).toFixed(1);
  console.log(
    `${bots} bots created until all are ready, one host, ${startsAtOnce} starts at once of ${startMs} ms (median of ${rounds}):\n` +
      `  over the host's own time ${ratio.toFixed(2)}, aim ≤ 1.15 ${said(ratio <= 1.15)}: ${seconds} s against ${critical} s; ` +
      `${cpu} ms of the server's CPU for each bot, its stand-in's included`,
  );
}
if (asked('rest')) {
  const { pairs, ms, writes } = await rest(resting, 9);
  const { ratio, ours, peer } = summarise(pairs);
  console.log(
    `A pass over ${resting} bots that need nothing (9 pairs):\n` +
      `  CPU over one query       ${ratio.toFixed(1)}, aim ≤ 3 ${said(ratio <= 3)}: ${ours.toFixed(0)} ms against ${peer.toFixed(0)} ms; it takes ${(ms / 1000).toFixed(1)} s\n` +
      `  rows written             ${writes}, aim 0 ${said(writes === 0)}`,
  );
}
