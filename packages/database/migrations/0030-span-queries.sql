-- What the pages ask of spans, each by an index of its own.
-- Of the same release as the tables, and none is made concurrently for partitions.
-- squawk-ignore-file require-concurrent-index-creation
create index span_turn_channel on span (workspace_id, channel, at desc) where kind = 'turn';
-- Turns that may have gone in circles (domain/usage/loop.ts): many uses of tools or the same again and again, failures of them, large calls.
create index span_turn_busy on span (workspace_id, at desc) 
  where kind = 'turn' and (data->'toolCalls' >= '20' or data->'repeats' >= '5');
create index span_tool_failed on span (workspace_id, at desc) include (bot_id, trace_id, name)
  where kind = 'tool-call' and outcome <> 'ok' and trace_id is not null;
create index span_call_large on span (workspace_id, at desc) include (bot_id, trace_id, input_tokens, output_tokens)
  where kind = 'model-call' and trace_id is not null and input_tokens + output_tokens >= 20000;
-- What is left out when the model gateway's count is laid beside OpenClaw's.
create index span_unmatched on span (workspace_id, at) include (bot_id, kind, outcome, channel, input_tokens, output_tokens)
  where kind in ('model-call', 'model-message') and (outcome <> 'ok' or kind = 'model-call' and trace_id is null);
create index span_text_at on span_text (workspace_id, at desc);
create index usage_day_name on usage_day (workspace_id, kind, name, day);
create index latency_day_name on latency_day (bot_id, kind, name, day);

-- The words a transaction looks for. They are part of the wall, since what is asked in front of it may use no index; and its
-- first part, by its name, since only that may. Without any words all texts are seen: none has a space for a word.
create function searched() returns tsquery language sql stable as $$
  select case coalesce(current_setting('clawster.words', true), '') when '' then '!'' '''::tsquery
    else websearch_to_tsquery('simple', current_setting('clawster.words', true)) end
$$;
create policy asked on span_text as restrictive for select using (words @@ searched());
