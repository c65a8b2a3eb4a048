import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { doubledCommands, lostCommands } from '../history/commands.ts';
import type { BotRow, EventRow, Line } from '../history/history.ts';
import { doubledRuns, runsOf, unsettled } from '../history/runs.ts';
import { leakedSecrets } from '../history/secrets.ts';
import { type StoredItem, telemetryGaps } from '../history/stored.ts';
import { evidenceOf } from './evidence.ts';
import type { FaultInstallation } from './installation.ts';
import { processesOfBots } from './processes.ts';
import { readRunLines } from './runtime.ts';

/** One interval of the reconciler and what a bot needs to start, three at a time on a busy machine. */
const settleMsMax = 60_000;

/** Waits until what runs is what should; returns what is still wrong when patience ends, and how long it took. */
export async function settle(installation: FaultInstallation): Promise<{ wrong: string[]; seconds: number }> {
  const since = performance.now();
  for (;;) {
    const live = new Map<string, number>();
    for (const { botId, is } of await processesOfBots(installation.botsFolder))
      if (is === 'gateway') live.set(botId, (live.get(botId) ?? 0) + 1);
    const bots = await botRows(installation);
    const wrong = unsettled(bots, live);
    const ms = performance.now() - since;
    if (wrong.length > 0 && ms > settleMsMax) {
      const concerned = bots.filter((bot) => unsettled([bot], live).length > 0);
      wrong.push(...(await evidenceOf(installation, concerned)));
    }
    if (wrong.length === 0 || ms > settleMsMax) return { wrong, seconds: ms / 1000 };
    await sleep(250);
  }
}

/** Every promise that was broken, in sentences; empty when all were kept. Read when the faults have stopped and all has settled. */
export async function brokenPromises(installation: FaultInstallation, lines: Line[]): Promise<string[]> {
  const tables = { bots: await botRows(installation), events: await eventRows(installation) };
  const runs = runsOf(await readRunLines(installation.gatewayLog));
  return [
    ...lostCommands(lines, tables).map((one) => `R1 ${one}`),
    ...doubledCommands(lines, tables).map((one) => `R2 ${one}`),
    ...doubledRuns(runs).map((one) => `R5 ${one}`),
    ...(await storedTelemetry(installation)).map((one) => `R7 ${one}`),
    ...(await leaks(installation)).map((one) => `R10 ${one}`),
  ];
}

export function botRows({ database }: FaultInstallation): Promise<BotRow[]> {
  return database.rows<BotRow>(`select id, name, generation, restart_count as "restartCount", phase,
    spec->>'desired' as desired, spec->>'personality' as personality from bot order by name`);
}

/** In the order they were committed in, which is the order they are told in. */
export function eventRows({ database }: FaultInstallation): Promise<EventRow[]> {
  return database.rows<EventRow>(
    `select xid::text || '-' || id as id, type, subject_id as "subjectId", detail from event order by xid, id`,
  );
}

async function storedTelemetry({ database }: FaultInstallation): Promise<string[]> {
  const items = await database.rows<StoredItem>(
    `select bot_id as "botId", epoch::float8 as epoch, sequence::float8 as sequence from span`,
  );
  const gaps = await database.rows<{ botId: string; dropped: number }>(
    `select bot_id as "botId", sum(dropped)::float8 as dropped from telemetry_gap group by bot_id`,
  );
  return telemetryGaps(items, new Map(gaps.map(({ botId, dropped }) => [botId, dropped])));
}

/** Everything that was logged, and every row as somebody who stole the disk would read it. */
async function leaks(installation: FaultInstallation): Promise<string[]> {
  const texts = new Map<string, string>();
  for (const file of await filesBelow(installation.folder)) texts.set(file, await readFile(file, 'latin1'));
  const tables = await installation.database.rows<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public'`,
  );
  for (const { name } of tables) {
    const rows = await installation.database.rows<{ row: string }>(`select t::text as row from "${name}" t`);
    texts.set(`the table ${name}`, rows.map(({ row }) => row).join('\n'));
  }
  return leakedSecrets(texts, installation.secrets);
}

/** All but what is installed, the key's own file, and what PostgreSQL keeps: its rows are read as rows. */
async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const wanted = entries.filter(({ name }) => !['runtimes', 'postgres', 'postgres-socket', 'kek'].includes(name));
  const nested = wanted.map(async (entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : entry.isFile() ? [path] : [];
  });
  return (await Promise.all(nested)).flat();
}
