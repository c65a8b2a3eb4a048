-- All rows satisfy it already: it is wider than the one before.
alter table connector drop constraint connector_provider_check;
alter table connector add constraint connector_provider_check
  check (provider in ('openai', 'anthropic', 'google', 'openrouter', 'openai-compatible', 'demo')) not valid;
-- Which of OpenAI's two ways to ask: absent is chat completions.
alter table connector add column api text;
-- The models bots may ask for, with what they can and cost; none named: the connector's own alone.
alter table connector add column models jsonb not null default '[]';
-- Retries, stand-ins, limits and the budget.
alter table connector add column rules jsonb not null default '{}';
-- When its provider is asked next whether it still answers; absent: some time after it was saved.
alter table connector add column check_at timestamptz;

-- A bot's calls by time, and the message of each call by the provider's id of its answer. Nobody waits for what is blocked
-- meanwhile: telemetry stays in the spools of its bots until it is taken.
-- squawk-ignore require-concurrent-index-creation
create index telemetry_model_call on telemetry (bot_id, at desc, epoch desc, sequence desc) where kind = 'model-call';
-- squawk-ignore require-concurrent-index-creation
create index telemetry_response on telemetry (bot_id, (data->>'responseId')) where kind = 'model-message';
