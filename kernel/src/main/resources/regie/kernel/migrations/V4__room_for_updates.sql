-- What is changed several times in its life keeps room on its page for its next version, which then needs no new entries in indexes.
alter table resource set (fillfactor = 60);
alter table work set (fillfactor = 40);

-- Lines come in the order of their times: which pages hold old ones is found without an entry for each.
drop index log_at;
create index log_at on log using brin (at) with (pages_per_range = 32);
