-- What an engine elsewhere is reached with is sealed as all secrets are.
alter table secret drop constraint secret_owner_kind_check;
alter table secret add constraint secret_owner_kind_check check (owner_kind in
  ('connector', 'bot', 'identity-provider', 'mail-server', 'invitation', 'named-secret', 'notifier', 'target')) not valid;
