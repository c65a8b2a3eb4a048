import { setTimeout as sleep } from 'node:timers/promises';
import { startTcpProxy, type TcpProxy } from '@clawster/link/testing/tcp-proxy';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sharedInstallation, type SharedInstallation } from '../../apps/server/src/testing/shared-database.ts';
import { buildReplica, type ReplicaProcess, startReplica } from '../../apps/server/src/testing/start-replica.ts';
import { tell } from './support/seeds.ts';
import { quantile } from './support/watch-server.ts';

// F25: the emergency stop of a whole fleet while PostgreSQL is slow, or the links flap. The server is a process of its
// own; the bots are stand-ins, each of which acts until it is told to stop.

/** What two cores bring up beside another test of the suite; 500 are the matrix's. */
const botCount = Number(process.env['CLAWSTER_FAULT_BOTS'] || 200);
/** Out of band, from the moment the stop was accepted, for 99 of 100. */
const stopMsMax = 5_000;

let shared: SharedInstallation;
let replica: ReplicaProcess;
let built: Awaited<ReturnType<typeof buildReplica>>;
let postgres: TcpProxy;
let links: TcpProxy;
let ids: string[];

beforeAll(async () => {
  [shared, built] = await Promise.all([sharedInstallation(), buildReplica()]);
  const url = new URL(shared.database.url);
  postgres = await startTcpProxy(`${url.searchParams.get('host')}/.s.PGSQL.5432`);
  url.searchParams.delete('host');
  Object.assign(url, { hostname: '127.0.0.1', port: String(postgres.port) });
  const environment = await shared.environment('one', { CLAWSTER_DATABASE_URL: url.href, STARTS_AT_ONCE_MAX: '500' });
  replica = await startReplica(built.file, { environment, host: shared.host });
  links = await startTcpProxy(Number(new URL(replica.url).port));
  shared.host.dialTo = `http://127.0.0.1:${links.port}`;
  await shared.signUp(replica.url, replica.setupToken ?? '');
  // As often as a real supervisor may.
  shared.host.comeAgainMs = 1_000;
});
afterAll(async () => {
  shared.host.dialTo = undefined;
  replica.signal('SIGKILL');
  await replica.exited;
  await Promise.all([postgres.close(), links.close(), built.remove()]);
  await shared.close();
});

const client = () => shared.client(replica.url);

async function fleet(name: string, count: number): Promise<string[]> {
  const since = performance.now();
  const made: string[] = [];
  for (let from = 0; from < count; from += 20) {
    const names = Array.from({ length: 20 }, (_, index) => `${name}-${from + index}`);
    const bots = await Promise.all(names.map((name) => client().bots.create({ name, modelCheck: false })));
    made.push(...bots.map(({ id }) => id));
  }
  while (!made.every(acts)) await sleep(250);
  tell(`F25: ${count} bots work after ${((performance.now() - since) / 1000).toFixed(0)} s`);
  return made;
}

/** Whether the bot goes on with what it does: its supervisor was told to have it run, and nothing else since. */
function acts(botId: string): boolean {
  const held = shared.host.volumes.get(botId);
  const supervisor = held?.supervisor;
  if (!held || held.exited !== undefined || supervisor?.halted) return false;
  // One that has just dialled in again goes on as it was told before.
  const told = supervisor?.configured.at(-1)?.desired;
  return told === undefined ? lastAct.has(botId) : told === 'running';
}

/** When each bot was last seen at work. */
const lastAct = new Map<string, number>();

/** Follows every bot until none acts any more, or patience ends. */
async function untilStill(msMax: number): Promise<void> {
  for (const end = performance.now() + msMax; performance.now() < end; await sleep(10)) {
    const acting = ids.filter(acts);
    for (const id of acting) lastAct.set(id, performance.now());
    if (acting.length === 0) return;
  }
}

/** When no bot could be reached. */
const cuts: { from: number; to: number }[] = [];

/** Nobody can be told anything while all links are cut: the promise is to those that can be reached. */
function reachableMs(from: number, to: number): number {
  const away = cuts.map((cut) => Math.max(0, Math.min(to, cut.to) - Math.max(from, cut.from)));
  return to - from - away.reduce((sum, ms) => sum + ms, 0);
}

function expectStill(what: string, acceptedAt: number): void {
  const late = ids.map((id) => reachableMs(acceptedAt, lastAct.get(id) ?? acceptedAt));
  const [p50 = 0, p99 = 0, max = 0] = [0.5, 0.99, 1].map((share) => Math.round(quantile(late, share)));
  tell(
    `F25 ${what}; last action of ${ids.length}: p50 ${p50} p99 ${p99} max ${max} ms of reachable time after the accept`,
  );
  expect(p99).toBeLessThan(stopMsMax);
}

test('a fleet stands still as far as it can be reached though the links flap', async () => {
  ids = await fleet('flapping', botCount);
  let flapping = true;
  const flaps = (async () => {
    while (flapping) {
      await links.set({ state: 'cut' });
      const cut = { from: performance.now(), to: Infinity };
      cuts.push(cut);
      await sleep(2_000);
      cut.to = performance.now();
      await links.set({ state: 'open' });
      await sleep(2_000);
    }
  })();
  await sleep(1_000);
  // Asked while nobody can be reached.
  const still = untilStill(60_000);
  const halted = await client().fleet.halt({ mode: 'pause', bots: ids });
  const acceptedAt = performance.now();
  await still;
  flapping = false;
  await flaps;
  expect(halted.bots).toBe(botCount);
  expectStill(`links flap: ${halted.confirmed} confirmed at once`, acceptedAt);
});

test('a fleet stands still at once though PostgreSQL is slow', async () => {
  ids = await fleet('slow', botCount);
  await postgres.set({ state: 'open', latencyMs: 100 });
  const askedAt = performance.now();
  const still = untilStill(30_000);
  const halted = await client().fleet.halt({ mode: 'pause', bots: 'all' });
  const acceptedAt = performance.now();
  await still;
  await postgres.set({ state: 'open' });
  // Those that were paused before confirm as well.
  expect(halted).toEqual({ id: expect.any(String), bots: botCount, confirmed: 2 * botCount });
  expectStill(`PostgreSQL slow by 200 ms: accepted after ${(acceptedAt - askedAt).toFixed(0)} ms`, acceptedAt);
});
