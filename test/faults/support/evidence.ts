import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BotRow } from '../history/history.ts';
import type { FaultInstallation } from './installation.ts';

/** How much of its supervisor's log is shown: its last lines. */
const linesMax = 8;

/** What is known of bots that are not as they should be, for who was not there: their rows, their links, and what their supervisors wrote last. */
export async function evidenceOf({ database, botsFolder }: FaultInstallation, bots: BotRow[]): Promise<string[]> {
  const rows = await database.rows<{ id: string; known: object }>(
    `select bot.id, jsonb_build_object('name', bot.name, 'now', now(), 'status', status, 'generation', generation,
      'reconcileAt', reconcile_at, 'leasedUntil', leased_until, 'hasKey', public_key is not null,
      'link', to_jsonb(link) - 'report') as known
    from bot left join link on link.bot_id = bot.id where bot.id = any($1)`,
    [bots.map(({ id }) => id)],
  );
  return Promise.all(
    rows.map(async ({ id, known }) => {
      const log = await readFile(join(botsFolder, id, 'logs', 'supervisor.log'), 'utf8').catch(String);
      return `${JSON.stringify(known)}; its supervisor wrote:\n${log.trim().split('\n').slice(-linesMax).join('\n')}`;
    }),
  );
}
