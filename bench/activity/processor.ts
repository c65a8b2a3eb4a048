import { readFile } from 'node:fs/promises';
import type pg from 'pg';

/** How long the server's own backends have been on a processor, in ms; not a number where nobody says so. */
export async function backendsMs(admin: pg.Pool): Promise<number> {
  const { rows } = await admin.query<{ pid: number }>(`select pid from pg_stat_activity where usename = 'clawster'`);
  const all = await Promise.all(rows.map(({ pid }) => readFile(`/proc/${pid}/schedstat`, 'utf8').catch(() => 'NaN')));
  return all.reduce((sum, text) => sum + Number(text.split(' ')[0]) / 1_000_000, 0);
}
