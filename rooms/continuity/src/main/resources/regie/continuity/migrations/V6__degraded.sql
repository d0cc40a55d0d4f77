-- Servers that are heard and sick: what is wrong, what was done about it, and how it ended. At most one is open for each.
create table degraded (
    number      bigint generated always as identity primary key,
    server      uuid        not null,
    name        text        not null,
    site        text        not null,
    ails        text        not null,        -- as a code, of what was wrong last
    detail      text        not null,
    since       timestamptz not null,
    closed      timestamptz,                 -- from here on it is given no machines, and drained
    maintenance text,                        -- by which it is drained
    well_since  timestamptz,                 -- nothing is wrong any more
    ended       timestamptz,
    outcome     text                         -- WELL, FLAPPING: well too often, OVERRULED: somebody else decided, GONE
);
create unique index degraded_open on degraded (server) where ended is null;
create index host_vitals_ails on host_vitals (name) where since is not null;
create index degraded_ended on degraded (server, ended);
