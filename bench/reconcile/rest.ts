import { setTimeout as sleep } from 'node:timers/promises';
import { reconcileBots } from '@clawster/control-plane/reconcile/reconcile-bots';
import { openDatabase } from '@clawster/database/open';
import type pg from 'pg';
import { startFleet } from '../fleet/installation.ts';
import { measurePairs, type Pair } from '../support/pairs.ts';
import { quietPlane } from './quiet-plane.ts';

/** CPU milliseconds of a pass over bots that need nothing, and of one query that reads the same; how many rows a pass writes. */
export async function rest(bots: number, pairsCount: number): Promise<{ pairs: Pair[]; ms: number; writes: number }> {
  await using fleet = await startFleet(bots, { CLAWSTER_ROLES: 'http' });
  const { database } = fleet;
  const db = await openDatabase(fleet.databaseUrl, { connectionsMax: 20 });
  const plane = quietPlane(db);
  const pass = () => reconcileBots(plane, new AbortController().signal);
  const read = async () =>
    void (await database.query(
      `select bot.*, link.* from bot join target on target.id = bot.target_id left join link on link.bot_id = bot.id`,
    ));
  const times: number[] = [];
  const ours = async () => {
    await database.query('update bot set reconcile_at = now()');
    const startedAt = performance.now();
    const cost = await cpuOf(pass);
    times.push(performance.now() - startedAt);
    return cost;
  };
  try {
    const pairs = await measurePairs(pairsCount, {
      ours,
      peer: () => cpuOf(read),
      async warmUp() {
        await ours();
        await read();
      },
    });
    await database.query('update bot set reconcile_at = now()');
    const before = await written(database);
    await pass();
    return {
      pairs,
      ms: times.toSorted((one, other) => one - other)[times.length >> 1] ?? NaN,
      writes: (await written(database)) - before,
    };
  } finally {
    await db.destroy();
  }
}

async function cpuOf(work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Rows written since the start; what a connection did is told when it was idle for ten seconds. */
async function written(database: pg.Pool): Promise<number> {
  await sleep(11_000);
  const { rows } = await database.query<{ count: number }>(
    'select sum(n_tup_ins + n_tup_upd + n_tup_del)::int as count from pg_stat_user_tables',
  );
  return rows[0]?.count ?? 0;
}
