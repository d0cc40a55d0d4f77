-- What is wrong with a host that is heard, and what becomes of it: holds, as its server shows them.
alter table host add column degraded jsonb not null default '[]';
