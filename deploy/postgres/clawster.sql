-- Run once, by the image of PostgreSQL, on a new volume. Clawster's role owns its database and is no superuser.
\set password `cat /run/secrets/database-password`
create role clawster login password :'password';
create database clawster owner clawster;
-- Whoever has the file above is not to become more than that: the superuser comes in by the socket alone.
alter role postgres password null;
