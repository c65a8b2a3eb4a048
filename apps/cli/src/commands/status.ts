import { createClient } from '@clawster/client/client';
import type { SystemStatus } from '@clawster/contract/system';
import { z } from 'zod';
import { mark } from '../bot-text.ts';
import { cliCommand } from '../command.ts';
import { CliRefusal } from '../failure.ts';
import { type Connection, readConnection, readServerFile } from '../connection.ts';
import { isRunning } from '../up/process-identity.ts';
import { parseJson } from '../parse-json.ts';
import { readRunFile } from '../up/run-file.ts';
import { dataFolderOf, type World } from '../world.ts';

/** What a server says that is not ready. */
const NotReady = z.object({ ok: z.literal(false), reasons: z.array(z.string()).min(1) });

type Part = { ok: boolean; message: string };
type Status = {
  url?: string;
  server: Part & { version?: string; setup?: SystemStatus['setup']; overtaken?: string };
  dashboard: Part;
  database: Part;
  bots: { signedIn: boolean; total?: number; phases?: Record<string, number> };
};

export const status = cliCommand({
  usage: 'status',
  summary: 'Show whether server, dashboard and database work, and how many bots there are',
  input: z.object({}),
  async run({ world, out }) {
    const seen = await look(world);
    if (seen.server.ok) return seen;
    if (out.json) out.print(JSON.stringify(seen));
    throw new CliRefusal(seen.server.message);
  },
  show(seen, out) {
    const line = (name: string, { ok, message }: Part) => `${mark(ok, out)} ${name.padEnd(10)} ${message}`;
    const { signedIn, total, phases } = seen.bots;
    const { overtaken } = seen.server;
    const counts = Object.entries(phases ?? {})
      .map(([phase, count]) => `${count} ${phase}`)
      .join(', ');
    const bots = signedIn ? `${total}${counts ? ` (${counts})` : ''}` : 'sign in to see them: clawster login';
    return [
      line('server', seen.server),
      line('dashboard', seen.dashboard),
      line('database', seen.database),
      ...(overtaken && overtaken !== seen.database.message ? [line('copy', { ok: false, message: overtaken })] : []),
      `  ${'bots'.padEnd(10)} ${bots}`,
    ].join('\n');
  },
});

async function look(world: World): Promise<Status> {
  const connection = readConnection(world);
  const dataFolder = dataFolderOf(world);
  const run = readRunFile(dataFolder);
  const url = connection.url ?? (run && isRunning(run) ? run.url : undefined) ?? readServerFile(dataFolder)?.url;
  const notThere = { ok: false, message: 'not running' };
  if (!url)
    return {
      server: { ok: false, message: `No Clawster runs with ${dataFolder}. Start it with: clawster up` },
      dashboard: notThere,
      database: notThere,
      bots: { signedIn: false },
    };
  const [server, dashboard, database, bots] = await Promise.all([
    askServer(url),
    askPage(url),
    askReady(url),
    countBots(url, connection),
  ]);
  return { url, server, dashboard, database, bots };
}

async function askServer(url: string): Promise<Status['server']> {
  try {
    const { version, setup, overtaken } = await createClient({ baseUrl: url }).system.status(
      {},
      { signal: AbortSignal.timeout(5_000) },
    );
    return {
      ok: true,
      version,
      setup,
      ...(overtaken ? { overtaken } : {}),
      message: `${url}, version ${version}${setup === 'needed' ? ', set-up is needed' : ''}`,
    };
  } catch (error) {
    return { ok: false, message: (error as Error).message };
  }
}

async function askPage(url: string): Promise<Part> {
  const response = await fetch(url, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
  await response?.body?.cancel();
  return response?.ok
    ? { ok: true, message: 'answers' }
    : { ok: false, message: response ? `answers with ${response.status}` : 'does not answer' };
}

/** The server says itself what keeps it from its work. */
async function askReady(url: string): Promise<Part> {
  const response = await fetch(`${url}/ready`, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
  const said = (await response?.text().catch(() => undefined)) ?? '';
  if (response?.ok) return { ok: true, message: 'answers' };
  const reasons = parseJson(said, NotReady)?.reasons.join('; ');
  return { ok: false, message: reasons ?? 'does not answer; see logs/server.log in the data folder' };
}

async function countBots(url: string, { apiKey }: Connection): Promise<Status['bots']> {
  if (!apiKey) return { signedIn: false };
  const client = createClient({ baseUrl: url, apiKey });
  try {
    const { total, phases } = await client.bots.counts({});
    const found = Object.entries(phases).filter(([phase, bots]) => bots > 0 && phase !== 'destroyed');
    return { signedIn: true, total, phases: Object.fromEntries(found) };
  } catch {
    // Part of a report about what does not work: the lines above say why.
    return { signedIn: false };
  }
}
