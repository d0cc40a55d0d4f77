-- What was suspected of a server, what was done about it, and how it ended. At most one is open for each.
create table verdict (
    number    bigint generated always as identity primary key,
    server    uuid        not null,
    name      text        not null,
    site      text        not null,
    suspected timestamptz not null,          -- since when it is missed
    condemned timestamptz,                   -- from here on nobody grants it a lease, and its power may be cut
    asked     timestamptz,                   -- its controller, last
    answered  timestamptz,
    power     text,                          -- what the controller said: ON, OFF, or FAULT
    fault     text        not null default '',
    told_off  timestamptz,                   -- its controller, last: written before it is done
    offs      integer     not null default 0,
    ended     timestamptz,
    outcome   text,                          -- DEAD, or HEARD: it is heard again
    proof     text        not null default '',
    lifted    timestamptz                    -- what was condemned may have leases again
);
create unique index verdict_open on verdict (server) where ended is null;
create index verdict_ended on verdict (ended);
create index verdict_condemned on verdict (server) where condemned is not null and lifted is null;
