import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { reconcileBots, watchRestingBots } from '@clawster/control-plane/reconcile/reconcile-bots';
import { showPresence } from '@clawster/control-plane/replica/show-presence';
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
  const looked = new Set<string>();
  const plane = quietPlane(db, (botId) => looked.add(botId));
  const { signal } = new AbortController();
  const pass = async () => {
    looked.clear();
    await watchRestingBots(plane, signal);
    assert.equal(looked.size, bots, 'A pass looks at each bot');
  };
  const read = async () =>
    void (await database.query(
      `select bot.*, link.* from bot join target on target.id = bot.target_id left join link on link.bot_id = bot.id`,
    ));
  const times: number[] = [];
  const ours = async () => {
    await showPresence(plane);
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
        // They come to rest: from then on only the round over all that rest looks at them.
        await database.query('update bot set reconcile_at = now()');
        await reconcileBots(plane, signal);
        await ours();
        await read();
      },
    });
    // Once a minute each bot's target is written to say the same still: counted is a pass within that minute.
    await database.query(`update bot set status = jsonb_set(status, '{evidence,0,at}', to_jsonb(now()))`);
    await showPresence(plane);
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

/** Rows of bots written since the start; what a connection did is told when it was idle for ten seconds. */
async function written(database: pg.Pool): Promise<number> {
  await sleep(11_000);
  const { rows } = await database.query<{ count: number }>(
    `select sum(n_tup_ins + n_tup_upd + n_tup_del)::int as count from pg_stat_user_tables
     where relname in ('bot', 'link', 'event')`,
  );
  return rows[0]?.count ?? 0;
}
