-- Whoever set a goal does not approve what comes of it, while somebody else can.
alter table team add column approvals_by_another boolean not null default false;

-- The person who set the goal that an item comes of, if it comes of one. Of what is open there is none yet.
alter table inbox_item add column set_by uuid;
