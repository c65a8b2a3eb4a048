import { join, resolve } from 'node:path';
import { stat } from 'node:fs/promises';
import type pg from 'pg';
import type { Manifest } from './manifest.ts';

type Options = { epoch: number; dataDirectory: string; startMissing: boolean };

/**
 * Makes what was copied the state of a new copy: its epoch is higher than that of any before it, nobody holds a lease or
 * a link yet, nothing given out by the original opens a door, and bots that ran are looked for before any is started.
 * Runs under the migrations the backup was made with, so it may use only what 0004-installation.sql left behind.
 */
export async function settleIn(client: pg.Client, manifest: Manifest, options: Options): Promise<void> {
  await client.query('update installation set epoch = $1, overtaken_by = null', [options.epoch]);
  await client.query('delete from join_token where used_at is null');
  await client.query(
    'update link set replica = null, declined = null, disconnected_at = coalesce(disconnected_at, now())',
  );
  await client.query('update bot set leased_by = null, leased_until = null, reconcile_at = now()');
  // What was being done to a bot's state was done by the original, or half of it.
  await client.query('update bot set operation_id = null where operation_id is not null');
  await giveUpHalfMade(client);
  await client.query(
    `update operation set phase = 'failed', reason = 'Clawster was restored from a backup meanwhile', ended_at = now(),
       leased_by = null, leased_until = null where phase in ('pending', 'running')`,
  );
  await client.query('update runtime set leased_by = null, leased_until = null, reconcile_at = now()');
  if (!options.startMissing)
    await client.query(
      `update bot set restored_at = now() where public_key is not null and spec->>'desired' in ('running', 'paused')`,
    );
  await keepHostFolder(client, manifest, options);
  await client.query(
    `insert into event (workspace_id, type, actor, subject_id, subject_name, detail)
     select id, 'installation-restored', '{"kind":"system","job":"restore"}', id, name, $1::jsonb from workspace`,
    [{ madeAt: manifest.madeAt, epoch: options.epoch }],
  );
}

/** A bot that had not been given the memory it was made for is not started without. */
async function giveUpHalfMade(client: pg.Client): Promise<void> {
  await client.query(
    `with given_up as (
       update operation set phase = 'failed', ended_at = now(), leased_by = null, leased_until = null,
         reason = 'Clawster was restored from a backup that was made before this bot had the memory it was made for: it is stopped. Destroy it, and make it again'
       where phase in ('pending', 'running') and bot_is_new and exists (
         select from jsonb_array_elements(steps) step
         where step->>'name' in ('copy', 'import') and step->>'state' <> 'done')
       returning bot_id)
     update bot set spec = jsonb_set(spec, '{desired}', '"stopped"'), generation = generation + 1
     from given_up where bot.id = given_up.bot_id and spec->>'desired' <> 'destroyed'`,
  );
}

/** Bots of this machine stay where they are, so that this copy finds them running instead of starting them again. */
async function keepHostFolder(client: pg.Client, manifest: Manifest, { dataDirectory }: Options): Promise<void> {
  const before = join(manifest.dataDirectory, 'bots');
  if (resolve(before) === join(resolve(dataDirectory), 'bots')) return;
  if (!(await stat(before).catch(() => undefined))?.isDirectory()) return;
  await client.query(
    `update target set settings = settings || jsonb_build_object('directory', $1::text)
     where kind = 'process' and not settings ? 'directory'`,
    [before],
  );
}

const firstSecond = Date.UTC(2026, 0, 1) / 1000;

/**
 * The epoch of a copy that is restored now: the time, in seconds, so that of two copies of one backup the later is the
 * newer, too; and always above the epoch it was made from, whatever the clock says.
 */
export function epochOfRestore(madeFrom: number, now = new Date()): number {
  return Math.max(madeFrom + 1, Math.floor(now.getTime() / 1000) - firstSecond);
}
