import type { Pool } from 'pg';

const begin = 'begin';
const change = `update bot set spec = jsonb_set(spec, '{personality}', to_jsonb($2::text)), generation = generation + 1,
  updated_at = now(), reconcile_at = now() where id = $1`;
const told = `insert into event (workspace_id, type, actor, subject_id, subject_name, detail)
  select workspace_id, 'bot-updated', '{"kind":"person","id":"00000000-0000-0000-0000-000000000000","name":"Ada"}', id, name, '{"changed":["personality"]}'
  from bot where id = $1`;

/** The peer of an audited write: the least that leaves the same two rows behind, in one transaction, on as many connections. */
export async function writeRaw(pool: Pool, botIds: string[], writes: number): Promise<void> {
  let left = writes;
  await Promise.all(
    botIds.map(async (botId) => {
      const client = await pool.connect();
      while (left-- > 0) {
        await client.query(begin);
        await client.query(change, [botId, `Personality ${left}`]);
        await client.query(told, [botId]);
        await client.query('commit');
      }
      client.release();
    }),
  );
}
