import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { modelCall } from './model-call.ts';

type Insert = { botIds: string[]; connections: number; count: number };

/** The peer of ingesting: the same rows into the same table, 1,000 in a statement, and no sums kept. */
export async function insertSpans(pool: pg.Pool, { botIds, connections, count }: Insert): Promise<void> {
  const { rows } = await pool.query<{ workspace_id: string }>('select workspace_id from bot limit 1');
  const workspaceId = rows[0]?.workspace_id;
  let left = count / 1_000;
  await Promise.all(
    Array.from({ length: connections }, async (_, connection) => {
      while (left-- > 0) await insertThousand(pool, [botIds[connection % botIds.length], workspaceId]);
    }),
  );
}

async function insertThousand(pool: pg.Pool, owner: (string | undefined)[]): Promise<void> {
  const at = new Date().toISOString();
  const ids = Array.from({ length: 1_000 }, () => randomUUID());
  const data = ids.map((id) => JSON.stringify({ id, startedAt: at, responseId: `r-${id}`, ...modelCall }));
  await pool.query(
    `insert into span (bot_id, workspace_id, id, at, kind, epoch, sequence, name, duration_ms, response_id,
       input_tokens, output_tokens, cache_read_tokens, cost_usd, data)
     select $1, $2, id, $3, 'model-call', 1, 1, 'clawster-demo', 4120, 'r-' || id, 2412, 317, 128, 0.0119634, data
     from unnest($4::text[], $5::jsonb[]) as item (id, data)`,
    [...owner, at, ids, data],
  );
}
