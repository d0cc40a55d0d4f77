alter table host add column draining boolean not null default false;

-- Moves that are wanted in an order, beside those that were asked of an instance itself. Servers that are to be emptied have a
-- list of their own, under their uid.
create table move_list (
    list    uuid primary key,
    number  bigint generated always as identity,
    origin  text        not null,      -- who wants it: a goal, or the server that is to be emptied
    begun   timestamptz not null,
    stopped boolean     not null default false,
    ended   timestamptz
);

create table move (
    list        uuid   not null references move_list on delete cascade,
    place       bigint generated always as identity,  -- in the order of the list
    instance    uuid   not null,
    destination text   not null,                      -- name of the server; empty for the best one
    state       text   not null default 'WAITING',
    why         text   not null default '',
    changed     timestamptz not null,
    primary key (list, instance, place)
);
create unique index move_at_a_time on move (instance) where state in ('WAITING', 'GOING');
create index move_open on move (list, place) where state in ('WAITING', 'GOING');
