-- Hosts whose agents know of leases, and by what terms each may be counting: oldest first, as JSON. A host that is not here has none.
create table lease_host (
    name     text primary key,
    holds    boolean not null,              -- somebody ends its guests when its lease does
    tunnel   text    not null,              -- where other agents reach its own; empty: it votes for nobody
    number   bigint  not null,              -- the newest terms ever made for it
    possible text    not null
);

-- Whom nobody may grant anything: the whole list has a number, which grows with each change.
create table lease_list (
    one    boolean primary key default true check (one),
    number bigint not null
);
insert into lease_list (number) values (1);
create table lease_condemned (
    name    text primary key,
    server  uuid   not null,
    verdict bigint not null
);

-- Servers of the room that grant, or did a while ago.
create table lease_voice (
    name text primary key,
    seen timestamptz not null
);

-- That somebody grants a condemned host nothing, and had not for so long when it said so.
create table lease_promise (
    verdict bigint not null,
    host    text   not null,
    granter text   not null,                -- a host, or a server of the room
    elapsed bigint not null,                -- nanoseconds, on its own clock
    primary key (verdict, granter)
);

-- Who hears whom. The room itself listens too: its name is empty.
create table lease_ear (
    host     text        not null,
    listener text        not null,
    misses   boolean     not null,
    since    timestamptz not null,
    primary key (host, listener)
);
create index lease_ear_misses on lease_ear (host) where misses;
