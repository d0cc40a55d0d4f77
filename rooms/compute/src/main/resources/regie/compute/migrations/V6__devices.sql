-- PCI addresses of cards and virtual functions, by slot: the host hands them to guests.
alter table host add column devices jsonb not null default '{}';
