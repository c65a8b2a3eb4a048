import type pg from 'pg';

/** Ready bots with all that a read carries in earnest, in the workspace that set-up made. */
export async function insertBots(
  database: pg.Pool,
  { count, publicKey = null }: { count: number; publicKey?: string | null },
): Promise<string[]> {
  const at = new Date().toISOString();
  const { rows } = await database.query<{ id: string }>(
    `insert into bot (workspace_id, name, target_id, connector_id, spec, status, phase, public_key, reconcile_at)
     select target.workspace_id, 'bot-' || number, target.id, connector.id,
       $1::jsonb || jsonb_build_object('connectorId', connector.id), $2, 'ready', $3, now() + interval '10 days'
     from target, connector, generate_series(1, $4::int) as number returning id`,
    [spec, statusAt(at), publicKey, count],
  );
  await database.query(
    `insert into link (bot_id, workspace_id, epoch, last_seen_at, configured_generation, report)
     select id, workspace_id, 1, now() + interval '1 hour', 1, $1 from bot`,
    [reportAt(at)],
  );
  await database.query('analyze');
  return rows.map(({ id }) => id);
}

const spec = {
  desired: 'running',
  runtimeVersion: '2026.9.6',
  model: 'clawster-demo',
  personality: 'You read new support requests, sort them and draft a first answer. You keep answers short.',
  memoryBytesMax: 2_000_000_000,
  diskBytesMax: 5_000_000_000,
  modelCheck: true,
};

const reason = 'The model answered "OK" after 1.2 s';

/** As the loop writes it. */
function statusAt(at: string) {
  return {
    phase: 'ready',
    reason,
    since: at,
    observedGeneration: 1,
    restartCount: 0,
    memoryBytes: 812_000_000,
    diskBytes: 140_000_000,
    evidence: [{ source: 'target', ok: true, text: 'The supervisor runs', at }, ...reportAt(at).evidence],
    steps: [
      { name: 'runtime', label: 'Install OpenClaw 2026.9.6', state: 'done', startedAt: at, endedAt: at },
      { name: 'supervisor', label: 'Start the supervisor', state: 'done', startedAt: at, endedAt: at },
      { name: 'link', label: 'Connect to Clawster', state: 'done', startedAt: at, endedAt: at },
      { name: 'gateway', label: 'Start OpenClaw', state: 'done', startedAt: at, endedAt: at },
      { name: 'model', label: 'Ask the model', state: 'done', startedAt: at, endedAt: at },
    ],
  };
}

/** As a supervisor sends it. */
function reportAt(at: string) {
  return {
    generation: 1,
    state: 'ready' as const,
    reason,
    since: at,
    restartCount: 0,
    memoryBytes: 812_000_000,
    diskBytes: 140_000_000,
    steps: ['gateway', 'model'].map((name) => ({ name, state: 'done', startedAt: at, endedAt: at })),
    evidence: ['supervisor', 'gateway', 'model'].map((source) => ({
      source,
      ok: true,
      text: `The ${source} was seen to work`,
      at,
    })),
  };
}
