-- When a session ends that followed another by a change of workspace: no later than that one would have. Null: by its role alone.
alter table session add column ends_at timestamptz;

-- Which workspace a person used last is asked at each sign-in.
-- squawk-ignore require-concurrent-index-creation -- sessions are few
create index session_last_used on session (person_id, workspace_id, last_seen_at);
