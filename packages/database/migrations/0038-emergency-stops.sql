-- When an emergency stop ended it, until all it had given away and worked at was cancelled.
alter table bot add column halted_at timestamptz;
-- It holds no row when it is made, of a table of few.
-- squawk-ignore require-concurrent-index-creation
create index bot_halted on bot (halted_at) where halted_at is not null;
