import type pg from 'pg';

/** What a workspace is filled with: so many spans, of so many bots, over so many days until now. */
export type Fill = { workspaceId: string; spans: number; bots: number; days: number };

/** A turn with its messages, tools, calls and answers comes to so many spans. */
const spansOfTurn = 10;

/** Fills a workspace with what bots would have told, straight into the partitions, a day at a time on as many connections. */
export async function fill(
  pool: pg.Pool,
  { workspaceId, spans, bots, days }: Fill,
  tell: (text: string) => void,
): Promise<void> {
  await pool.query(`insert into workspace (id, name) values ($1, 'Bench')`, [workspaceId]);
  await pool.query(`insert into target (workspace_id, name, kind, settings) values ($1, 'here', 'process', '{}')`, [
    workspaceId,
  ]);
  await pool.query(
    `insert into connector (workspace_id, name, kind, provider, model) values ($1, 'demo', 'model-provider', 'demo', 'demo')`,
    [workspaceId],
  );
  await pool.query(
    `insert into bot (workspace_id, name, target_id, connector_id, spec, status, phase, labels)
     select target.workspace_id, 'bot-' || number, target.id, connector.id, '{}', '{}', 'ready', jsonb_build_object('team', 'team-' || number % 20)
     from target join connector using (workspace_id), generate_series(1, $2::int) as number where workspace_id = $1`,
    [workspaceId, bots],
  );
  const turns = Math.ceil(spans / spansOfTurn / days);
  await twoAtOnce(days, async (day) => {
    await fillDay(pool, { workspaceId, turns, day });
    tell(`a day of ${days}`);
  });
  // A day of ours is no day of UTC: it begins now.
  const today = Date.parse(new Date().toISOString().slice(0, 10));
  await twoAtOnce(days + 2, async (day) => {
    const begin = new Date(today + (1 - day) * 86_400_000).toISOString();
    for (const statement of rollUps) await pool.query(statement, [workspaceId, begin]);
  });
  for (const statement of [conversations, bounds]) await pool.query(statement, [workspaceId]);
}

async function twoAtOnce(count: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const one = async () => {
    while (next < count) await work(next++);
  };
  await Promise.all([one(), one()]);
}

async function fillDay(
  pool: pg.Pool,
  { workspaceId, turns, day }: { workspaceId: string; turns: number; day: number },
): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query(`select setseed(${1 / (day + 2)})`);
    await client.query('drop table if exists seed');
    await client.query(seed, [workspaceId, turns, day]);
    for (const statement of [parts, texts]) await client.query(statement);
  } finally {
    client.release();
  }
}

/** Each bot is on two of eight channels, with one of five models and 8 of 20 tools, the first of them the most; one tool and one word are rare. */
const seed = `create temp table seed as
  with bot as (select id, workspace_id, row_number() over (order by id)::int as number from bot where workspace_id = $1),
  turn as (select floor(random() * (select count(*) from bot))::int + 1 as number, floor(random() * 200)::int as person,
      now() - make_interval(days => $3::int) - random() * interval '24 hours' as at, random() as luck, random() as size, random() as pick, n
    from generate_series(1, $2::int) as n)
  select bot.id as bot_id, bot.workspace_id, 'turn-' || gen_random_uuid() as id, turn.at, bot.number,
    (array['telegram', 'slack', 'discord', 'whatsapp', 'signal', 'teams', 'matrix', 'clawster'])[1 + (bot.number + person % 2 * 3) % 8] as channel,
    person, case when luck < 0.96 then 'ok' when luck < 0.98 then 'failed' when luck < 0.99 then 'aborted' else 'interrupted' end as outcome,
    (300 * exp(size * 5))::bigint as duration_ms,
    case when luck > 0.9995 then 25 when size < 0.3 then 0 else 1 + floor(size * 4)::int end as tools,
    'model-' || bot.number % 5 as model, turn.n, pick
  from turn join bot using (number)`;

const columns = `bot_id, workspace_id, id, at, kind, epoch, sequence, trace_id, parent_id, session, channel, person, name, outcome,
  duration_ms, response_id, connector_id, input_tokens, output_tokens, cache_read_tokens, cost_usd, data`;
const session = `'agent:main:' || channel || ':direct:' || person`;
const toolName = `case when seed.n % 5000 = 7 then 'tool-rare' else 'tool-' || (seed.number + floor(random() * random() * 8)::int * 3) % 20 end`;

const parts = `with tool as materialized (
    select seed.*, place, ${toolName} as tool, random() as luck from seed cross join lateral generate_series(1, seed.tools) as place),
  used as (select bot_id, id, jsonb_agg(distinct tool) as names from tool group by bot_id, id),
  call as materialized (select seed.*, place, random() as luck, (400 + 30000 * power(random(), 4))::bigint as input,
      (20 + 800 * random())::bigint as output
    from seed cross join lateral generate_series(0, least(seed.tools, 4)) as place)
  insert into span (${columns})
  select bot_id, workspace_id, id, at, 'turn', 1, n * 100, id, null::text, ${session}, channel, 'p-' || person, '', outcome, duration_ms, null::text, '',
    0, 0, 0, null::numeric, jsonb_build_object('tools', coalesce(names, '[]'), 'toolCalls', tools, 'modelCalls', 1 + least(tools, 4))
  from seed left join used using (bot_id, id)
  union all select bot_id, workspace_id, 'in-' || id, at, 'message-in', 1, n * 100 + 1, id, id, ${session}, channel, 'p-' || person, '', 'ok', 0, null,
    '', 0, 0, 0, null, '{"characters": 80}' from seed
  union all select bot_id, workspace_id, 'out-' || id, at + duration_ms * interval '1 millisecond', 'message-out', 1, n * 100 + 2, id, id, ${session},
    channel, 'p-' || person, '', 'ok', 120, null, '', 0, 0, 0, null, '{"characters": 400}' from seed where outcome = 'ok'
  union all select bot_id, workspace_id, 'tool-' || place || id, at + place * interval '300 milliseconds', 'tool-call', 1, n * 100 + 2 + place, id, id,
    ${session}, channel, null, tool, case when luck < 0.03 then 'failed' else 'ok' end, (20 * exp(luck * 5))::bigint, null, '', 0, 0, 0, null,
    '{"characters": {"in": 120, "out": 900}}' from tool
  union all select bot_id, workspace_id, 'call-' || place || id, at + place * interval '250 milliseconds', 'model-call', 1, n * 100 + 40 + place,
    case when luck < 0.99 then id end, case when luck < 0.99 then id end, case when luck < 0.99 then ${session} end,
    case when luck < 0.99 then channel else '' end, null, model, case when luck > 0.98 then 'failed' else 'ok' end, (400 * exp(luck * 3))::bigint,
    'r-' || place || id, 'demo', input, output, input * 2, input * 0.000003 + output * 0.000015,
    '{"provider": "demo", "tries": 1, "ttfbMs": 320, "priceVersion": "2026-11"}' from call
  union all select bot_id, workspace_id, 'answer-' || place || id, at + place * interval '250 milliseconds', 'model-message', 1, n * 100 + 60 + place, id,
    id, ${session}, channel, null, model, 'ok', 0, 'r-' || place || id, '', input, output, input * 2, null, '{}' from call where luck < 0.98`;

/** Words as uneven as those of people: the first of the list are in most texts, the last in few. */
const words = `array['the', 'order', 'please', 'parcel', 'invoice', 'meeting', 'weather', 'report', 'ticket', 'customer', 'delivery', 'refund', 'password',
  'calendar', 'deadline', 'harbour', 'lobster', 'lighthouse', 'umbrella', 'telescope', 'accordion', 'marmalade', 'glacier', 'saxophone']`;
const said = (count: number) =>
  `(select string_agg((${words})[1 + floor(power(random(), 3) * 24)::int] || case when random() < 0.3 then '-' || (seed.n + word) % 997 else '' end, ' ')
    from generate_series(1, ${count}) as word)`;
const texts = `insert into span_text (bot_id, workspace_id, span_id, at, keep_days, text)
  select bot_id, workspace_id, id, at, 30, jsonb_build_object('in', case when n % 10000 = 3 then 'quetzal ' else '' end || ${said(12)}, 'out', ${said(40)}) from seed`;

const measured = `count(*), count(*) filter (where outcome <> 'ok'), 0, 0, sum(input_tokens), sum(output_tokens), sum(cache_read_tokens), 0,
  coalesce(sum(cost_usd), 0), sum(duration_ms)`;
const ofDay = `span where workspace_id = $1 and at >= $2::timestamptz and at < $2::timestamptz + interval '1 day'`;
const rollUps = [
  `insert into usage_hour select bot_id, workspace_id, date_trunc('hour', at), kind, channel, name, connector_id, ${measured}
    from ${ofDay} group by 1, 2, 3, 4, 5, 6, 7`,
  `insert into usage_day select bot_id, workspace_id, (at at time zone 'UTC')::date, kind, channel, name, connector_id, ${measured}
    from ${ofDay} group by 1, 2, 3, 4, 5, 6, 7`,
  `insert into latency_day select bot_id, workspace_id, (at at time zone 'UTC')::date, kind, channel, name,
      floor(2 * log(2, greatest(duration_ms, 1)::numeric))::integer, count(*)
    from ${ofDay} and kind in ('turn', 'model-call', 'tool-call', 'message-out') group by 1, 2, 3, 4, 5, 6, 7`,
  `insert into price_day select bot_id, workspace_id, (at at time zone 'UTC')::date, connector_id, name, data->>'priceVersion', count(*),
      coalesce(sum(cost_usd), 0)
    from ${ofDay} and kind = 'model-call' group by 1, 2, 3, 4, 5, 6`,
  `insert into conversation_day select bot_id, workspace_id, (at at time zone 'UTC')::date, session, count(*),
      sum(input_tokens + output_tokens + cache_read_tokens), 0, coalesce(sum(cost_usd), 0)
    from ${ofDay} and kind = 'model-call' and session is not null group by 1, 2, 3, 4`,
];

const conversations = `insert into conversation (bot_id, workspace_id, session, channel, person, person_name, first_at, last_at, turns, failed)
  select bot_id, workspace_id, session, max(channel), max(person), null, min(at), max(at), count(*), count(*) filter (where outcome <> 'ok')
  from span where workspace_id = $1 and kind = 'turn' group by 1, 2, 3`;

const bounds = `insert into conversation_bound select bot_id, workspace_id, session, first_day, last_day,
    sum(ceil(cost_usd * 1000000000))::bigint, sum(tokens)::bigint
  from conversation_day cross join lateral stretches_of(day) where workspace_id = $1 group by 1, 2, 3, 4, 5`;

/** Does without the indexes of these tables while `work` fills them: to make them afterwards takes far less. */
export async function withoutIndexes(pool: pg.Pool, work: () => Promise<void>): Promise<void> {
  const { rows } = await pool.query<{ name: string; definition: string }>(`
    select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition from pg_index
    where indrelid in ('span'::regclass, 'span_text'::regclass) and not indisprimary`);
  for (const { name } of rows) await pool.query(`drop index ${name}`);
  await work();
  for (const { definition } of rows) await pool.query(definition.replace(' ON ONLY ', ' ON '));
}
