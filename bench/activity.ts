import { randomUUID } from 'node:crypto';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { SignedIn } from '@clawster/control-plane/caller';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { startEmbedded } from '@clawster/database/embedded';
import { migrate } from '@clawster/database/migrate';
import { openDatabase } from '@clawster/database/open';
import { permissions } from '@clawster/contract/permission-list';
import pg from 'pg';
import { fill, withoutIndexes } from './activity/fill.ts';
import { fillHealth } from './activity/fill-health.ts';
import { plansOf, statementsOf } from './activity/plans.ts';
import { backendsMs } from './activity/processor.ts';
import type { Known, Question } from './activity/question.ts';
import { questions } from './activity/questions.ts';
import { quantile } from './support/pairs.ts';

/** How long what is asked of very many spans takes: see bench/README.md. */
const spans = Number(process.env['SPANS'] ?? 10_000_000);
const bots = Number(process.env['BOTS'] ?? 500);
const runs = Number(process.env['RUNS'] ?? 200);
/** Keeps the database, and uses the one that is there. */
const kept = process.env['FOLDER'];
/** Only those with this in their name. */
const only = process.env['ONLY'] ?? '';
const plansFile = resolve(process.env['PLANS'] ?? 'activity-plans.txt');
const days = 30;
const p95MsMax = 150;

const directory = kept ? resolve(kept) : await mkdtemp(join(tmpdir(), 'clawster-bench-'));
await mkdir(directory, { recursive: true });
// Passable, for when this runs as root and PostgreSQL as someone else.
await chmod(directory, 0o711);
const postgres = await startEmbedded(directory, { forgetful: true });
const admin = new pg.Pool({ connectionString: postgres.adminUrl.replace('/postgres?', '/clawster?'), max: 4 });
// It is stopped under whatever connection is still open then.
admin.on('error', () => undefined);
try {
  await migrate(postgres.url);
  const workspaceId = await filled();
  await fillHealth(admin, workspaceId);
  await measure(workspaceId);
} finally {
  await admin.end();
  await postgres.stop();
  if (!kept) await rm(directory, { recursive: true, force: true });
}

/** The workspace that is asked; filled beside another unless that was done before. */
async function filled(): Promise<string> {
  const { rows } = await admin.query<{ id: string }>(
    'select workspace_id as id from bot group by 1 order by count(*) desc limit 1',
  );
  if (rows[0]) return rows[0].id;
  const [ours, theirs] = [randomUUID(), randomUUID()];
  const startedAt = performance.now();
  const tell = (text: string) => console.log(`  ${text}, ${((performance.now() - startedAt) / 1000).toFixed(0)} s`);
  await asServer(`select add_partitions(current_date - ${days + 2}, current_date + 7)`);
  await withoutIndexes(admin, async () => {
    await fill(admin, { workspaceId: ours, spans, bots, days }, tell);
    await fill(admin, { workspaceId: theirs, spans: spans / 10, bots: Math.ceil(bots / 10), days }, tell);
  });
  // As the server does each hour.
  await asServer('select drop_partitions(current_date, 90, 400)');
  await admin.query('vacuum analyze');
  tell('filled');
  return ours;
}

/** As the server's own role, whose the partitions are. */
async function asServer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: postgres.url, options: '-c clawster.system=on' });
  await client.connect();
  await client.query(statement);
  await client.end();
}

async function measure(workspaceId: string): Promise<void> {
  const db = await openDatabase(postgres.url);
  const plane = onlyItsDatabase(db);
  const caller = everything(workspaceId);
  const { rows } = await admin.query<{ spans: number }>(
    'select count(*)::float8 as spans from span where workspace_id = $1',
    [workspaceId],
  );
  console.log(
    `${rows[0]?.spans.toLocaleString('en')} spans of ${bots} bots; ${runs} runs of each: p50, p95, p95 on a processor; aim ≤ ${p95MsMax} ms:`,
  );
  const plans: string[] = [];
  for (const question of questions(await known(workspaceId)).filter(({ name }) => name.includes(only))) {
    const taken = await times(() => question.ask(plane, caller));
    const [p50, p95] = [quantile(taken.wall, 0.5), quantile(taken.wall, 0.95)];
    const processor = quantile(taken.processor, 0.95);
    const met = p95 <= p95MsMax ? 'met' : processor <= p95MsMax ? 'met on a processor' : 'MISSED';
    console.log(
      `  ${question.name.padEnd(28)} ${[p50, p95, processor].map((ms) => `${ms.toFixed(0).padStart(5)} ms`).join(' ')}  ${met}`,
    );
    plans.push(await planOf(question, { plane, caller, p95 }));
  }
  await writeFile(plansFile, plans.join('\n\n'));
  console.log(`Plans: ${plansFile}`);
  await db.destroy();
}

async function planOf(
  { name, ask }: Question,
  { plane, caller, p95 }: { plane: ControlPlane; caller: SignedIn; p95: number },
): Promise<string> {
  const statements = await statementsOf(() => ask(plane, caller));
  return `# ${name}: p95 ${p95.toFixed(0)} ms\n\n${await plansOf(postgres.url, statements)}`;
}

/** What each run took, and for how long it was on a processor, ours or the database's: that is less on a machine that does other things. */
async function times(ask: () => Promise<unknown>): Promise<{ wall: number[]; processor: number[] }> {
  const all = { wall: [] as number[], processor: [] as number[] };
  for (let run = -10; run < runs; run += 1) {
    const [backends, own, startedAt] = [await backendsMs(admin), process.cpuUsage(), performance.now()];
    await ask();
    const wall = performance.now() - startedAt;
    const { user, system } = process.cpuUsage(own);
    if (run < 0) continue;
    all.wall.push(wall);
    all.processor.push((await backendsMs(admin)) - backends + (user + system) / 1000);
  }
  return all;
}

async function known(workspaceId: string): Promise<Known> {
  const found = await admin.query<{ id: string }>('select id from bot where workspace_id = $1', [workspaceId]);
  const turns = await admin.query<{ traceId: string; botId: string; session: string }>(
    `select trace_id as "traceId", bot_id as "botId", session from span tablesample system ($2)
     where workspace_id = $1 and kind = 'turn' limit 2000`,
    [workspaceId, Math.min(100, 5_000_000 / spans)],
  );
  const incidents = await admin.query<{ id: string }>('select id from incident where workspace_id = $1', [workspaceId]);
  const ids = ({ rows }: typeof found) => rows.map(({ id }) => id);
  return { botIds: ids(found), incidentIds: ids(incidents), turns: turns.rows };
}

/** What is asked of spans needs nothing else of a control plane. */
function onlyItsDatabase(db: ControlPlane['db']): ControlPlane {
  return { db } as ControlPlane;
}

function everything(workspaceId: string): SignedIn {
  const from = { address: '127.0.0.1', userAgent: 'bench' };
  return {
    kind: 'person',
    id: randomUUID(),
    name: 'Ada',
    workspaceId,
    role: 'owner',
    permissions: new Set(permissions),
    ...from,
  };
}
