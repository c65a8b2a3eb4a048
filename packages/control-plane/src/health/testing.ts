import { sql } from 'kysely';
import { keep } from '../change.ts';
import type { ControlPlane } from '../plane.ts';
import { beat } from '../replica/replica.queries.ts';

const iso = (secondsAgo: number) => new Date(Date.now() - secondsAgo * 1000).toISOString();

/** What a supervisor says of a bot that is well. */
export const wellReport = () => ({
  generation: 1,
  state: 'ready',
  reason: 'Ready',
  since: iso(600),
  steps: [],
  evidence: [
    { source: 'gateway', ok: true, text: 'OpenClaw 2026.9.6 answered', at: iso(600) },
    { source: 'model', ok: true, text: 'A model turn came back in 1 s', at: iso(600) },
  ],
  restartCount: 0,
  diskBytes: 1_000,
  channels: [
    {
      channel: 'telegram',
      account: 'default',
      connected: true,
      state: 'connected',
      detail: 'Telegram is connected',
      checkedAt: iso(5),
    },
  ],
});

/** Makes a bot's rows say that all is well, with what is to be otherwise. */
export function pretendWell(plane: ControlPlane, botId: string, report: Record<string, unknown> = {}): Promise<void> {
  const { replica, internalUrl } = plane.settings;
  const evidence = [{ source: 'target', ok: true, text: 'The supervisor runs', at: iso(5) }];
  const told = JSON.stringify({ ...wellReport(), ...report });
  return keep(plane, async (tx) => {
    await beat(tx, { id: replica, internalUrl, reconciles: true });
    await sql`update bot set phase = 'ready', phase_since = now() - interval '1 hour',
      status = status || ${JSON.stringify({ reason: 'Ready', evidence })}::jsonb where id = ${botId}`.execute(tx);
    await sql`insert into link (bot_id, workspace_id, epoch, replica, connected_at, last_seen_at, report)
      select id, workspace_id, 1, ${replica}, now() - interval '1 hour', now(), ${told}::jsonb from bot where id = ${botId}
      on conflict (bot_id) do update set replica = excluded.replica, connected_at = excluded.connected_at, disconnected_at = null,
        last_seen_at = excluded.last_seen_at, report = excluded.report`.execute(tx);
  });
}

/** Lets time go by for what watches the health of bots. */
export function pretendLater(plane: ControlPlane, seconds: number): Promise<void> {
  const by = sql`make_interval(secs => ${seconds})`;
  return keep(plane, async (tx) => {
    await sql`update bot_health set since = since - ${by}, checked_at = checked_at - ${by},
      trouble_since = trouble_since - ${by}, well_since = well_since - ${by}`.execute(tx);
    await sql`update incident set began_at = began_at - ${by}, ended_at = ended_at - ${by}`.execute(tx);
  });
}
