-- What is known of a host that may be dead, and what is waited for: holds, as its server shows them.
alter table host add column concerns jsonb not null default '[]';
