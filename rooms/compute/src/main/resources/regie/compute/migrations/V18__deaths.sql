-- Hosts that are proven dead: nothing of them runs. Presence DEAD stays until the host has come back clean of what was taken from it.
alter table host
    add column returns_since    timestamptz,  -- heard again since it died
    add column clean_generation bigint,       -- of the first wish since then; what its report of that shows is what is left on it
    add column quarantined      timestamptz;  -- came back too often; until somebody has looked

create table death (
    number   bigint generated always as identity primary key,
    server   uuid        not null,
    name     text        not null,
    site     text        not null,
    declared timestamptz not null,
    proof    text        not null,
    returned timestamptz
);
create unique index death_at_a_time on death (server) where returned is null;
create index death_returned on death (server, returned);
