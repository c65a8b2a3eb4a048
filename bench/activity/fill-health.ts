import type pg from 'pg';

/**
 * Gives the bots of a workspace what Home and Health tell of them, as of now: how each was found, its link, its incidents and
 * events of 30 days, spikes and budgets. One bot in ten is not well.
 */
export async function fillHealth(pool: pg.Pool, workspaceId: string): Promise<void> {
  for (const statement of [...emptied, verdicts, links, incidents, events, spikes, ...budgets])
    await pool.query(statement, [workspaceId]);
  await pool.query(`insert into replica (id, internal_url, last_seen_at) values ('bench', 'http://localhost', now() + interval '1 day')
    on conflict (id) do update set last_seen_at = excluded.last_seen_at`);
  await pool.query('analyze bot_health, link, incident, event, cost_spike, budget, budget_period, budget_allowance');
}

const emptied = ['bot_health', 'link', 'incident', 'cost_spike', 'budget'].map(
  (table) => `delete from ${table} where workspace_id = $1`,
);

const numbered = `(select id, workspace_id, name, row_number() over (order by id)::int as number from bot where workspace_id = $1) as bot`;
const causes = `(array['The model does not answer', 'Telegram is not connected', 'Half of its turns fail', 'The disk is full', 'It restarts again and again'])`;
const signals = `(array['model', 'channel', 'turns', 'disk', 'restarts'])`;

const verdicts = `
  insert into bot_health (bot_id, workspace_id, verdict, rank, why, fix, signal, cause, failing, since, checked_at, trouble_since)
  select id, workspace_id, case when bad then 'bad' else 'good' end, case when bad then 10 else 80 end,
    case when bad then cause else 'All is well' end, case when bad then 'Look at it' end, case when bad then signal end,
    case when bad then cause end, '[]', now() - interval '20 minutes', now() + interval '1 day',
    case when bad then now() - interval '20 minutes' end
  from (select *, number % 10 = 0 as bad, ${causes}[1 + number / 10 % 5] as cause, ${signals}[1 + number / 10 % 5] as signal from ${numbered}) as bot`;

const links = `
  insert into link (bot_id, workspace_id, epoch, replica, connected_at, last_seen_at, report)
  select id, workspace_id, 1, 'bench', now() - interval '1 day', now(), jsonb_build_object('generation', 1, 'state', 'ready',
    'reason', 'Ready', 'since', now(), 'steps', '[]'::jsonb, 'restartCount', 0, 'diskBytes', 1000000,
    'evidence', jsonb_build_array(
      jsonb_build_object('source', 'gateway', 'ok', true, 'text', 'OpenClaw 2026.9.6 answered', 'at', now()),
      jsonb_build_object('source', 'model', 'ok', true, 'text', 'A model turn came back in 1 s', 'at', now())),
    'channels', '[]'::jsonb)
  from bot where workspace_id = $1`;

/** Forty of each bot that ended, and one that is open of each that is not well. */
const incidents = `
  insert into incident (workspace_id, bot_id, signal, cause, why, fix, evidence, began_at, ended_at, ending)
  select workspace_id, id, ${signals}[1 + nth % 5], ${causes}[1 + nth % 5], ${causes}[1 + nth % 5], 'Look at it', '[]',
    now() - (nth + random()) * interval '18 hours' - interval '1 hour',
    case when nth > 0 then now() - nth * interval '18 hours' end, case when nth > 0 then 'recovered' end
  from ${numbered}, generate_series(0, 40) as nth where nth > 0 or number % 10 = 0`;

/** Nobody takes an event away: once. */
const events = `
  insert into event (workspace_id, at, type, actor, subject_id, subject_name, detail)
  select workspace_id, now() - (400 - nth) * interval '108 minutes',
    (array['bot-phase-changed', 'bot-restarted', 'secret-delivered', 'bot-updated'])[1 + nth % 4],
    '{"kind": "system", "job": "reconcile-bots"}', id, name, '{"from": "starting", "to": "ready", "reason": "Ready"}'
  from generate_series(1, 400) as nth, ${numbered} where not exists (select from event where workspace_id = $1)`;

const spikes = `
  insert into cost_spike (bot_id, workspace_id, at, hour, usd, usual_usd, tokens, usual_tokens, why)
  select id, workspace_id, now() - number % 168 * interval '1 hour', now(), 4, 1, 100000, 20000, 'Four times what is usual'
  from ${numbered}`;

/** One of all bots, one of each team, and 20 of single bots, by the month and hard; each bot has drawn. */
const budgets = [
  `insert into budget (workspace_id, name, bot_id, selector, period, limit_usd, warn_at, hard)
    select $1::uuid, 'all', null::uuid, null::jsonb, 'month', 100000, '{80}'::int[], true
    union all select $1, 'team-' || nth, null, jsonb_build_object('team', 'team-' || nth), 'month', 10000, '{80}', true
      from generate_series(0, 19) as nth
    union all select $1, name, id, null, 'month', 1000, '{80}', true from ${numbered} where number <= 20`,
  `insert into budget_period (budget_id, workspace_id, starts_on, booked_usd)
    select id, workspace_id, date_trunc('month', now() at time zone 'UTC')::date, 100 from budget where workspace_id = $1`,
  `insert into budget_allowance (budget_id, starts_on, bot_id, book, workspace_id, granted_usd, spent_usd, epoch)
    select budget.id, date_trunc('month', now() at time zone 'UTC')::date, bot.id, 'book', bot.workspace_id, 2, 1, 1
    from budget join bot on bot.workspace_id = budget.workspace_id and (budget.bot_id is null or budget.bot_id = bot.id)
      and (budget.selector is null or bot.labels @> budget.selector)
    where budget.workspace_id = $1`,
];
