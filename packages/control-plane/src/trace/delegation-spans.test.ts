import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getTrace } from './get-trace.ts';
import { told, type Told, tells } from './testing/told.ts';

let all: Told;
let [lead, member] = ['', ''];
const id = randomUUID();
const session = 'agent:main:clawster:main';
const at = { session: `agent:main:clawster-task:${id}`, channel: '' };
beforeAll(async () => {
  all = await told();
  [lead, member] = [await all.bot('Lead'), await all.bot('Member')];
  const teamId = randomUUID();
  await all.database.rows(`insert into team (id, workspace_id, name, charter, lead_id, limits, channel_rights)
    values ('${teamId}', '${all.ours}', 'Team', '', '${lead}', '{}', '{}')`);
  await all.database
    .rows(`insert into delegation (id, workspace_id, team_id, ask_key, root_id, trace_id, hops, from_kind,
      from_bot_id, from_name, from_session, to_bot_id, to_name, title, text, content_hash, origin, rights, untrusted, state,
      rules_version, deadline_at, requested_at, ended_at)
    values ('${id}', '${all.ours}', '${teamId}', 'key', '${id}', 'run', 1, 'bot', '${lead}', 'Lead', '${session}', '${member}',
      'Member', 'Count', 'Count', '', '{}', '{}', false, 'done', 1, now(), now() - interval '48 minutes', now() - interval '40 minutes')`);
  await all.tell(lead, [
    tells.turn('run', 50, { durationMs: 900_000, session }),
    tells.tool('asks', 49, {
      traceId: 'run',
      parentId: 'run',
      name: 'clawster__delegate',
      durationMs: 600_000,
      session,
    }),
  ]);
  await all.tell(member, [
    tells.turn('work', 47, { durationMs: 60_000, ...at }),
    tells.tool('counts', 46.5, { traceId: 'work', parentId: 'work', name: 'read', ...at }),
  ]);
});
afterAll(() => all.close());

test.each(['run', 'work'])(
  'a trace leads from the call through the delegation to the other bot’s turn: opened by %s',
  async (traceId) => {
    const { spans } = await getTrace(all.plane, all.caller(['telemetry:read']), { traceId });
    expect(spans.map((span) => [span.id, span.kind, span.parentId])).toEqual([
      ['run', 'turn', undefined],
      ['asks', 'tool-call', 'run'],
      [`delegation:${id}`, 'delegation', 'asks'],
      ['work', 'turn', `delegation:${id}`],
      ['counts', 'tool-call', 'work'],
    ]);
  },
);
