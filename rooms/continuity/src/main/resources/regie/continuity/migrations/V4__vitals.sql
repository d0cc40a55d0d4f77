-- What hosts say of themselves, apart from their guests. One that is not here has an agent that says nothing of the sort.
create table host_vitals (
    name       text primary key,
    boot       text        not null,        -- tells each start of its operating system from all others; may be empty
    rebootable boolean     not null,        -- its agent may have it booted anew
    ails       text        not null default '', -- what is wrong, as a code; empty where nothing is
    detail     text        not null default '',
    since      timestamptz                  -- since when something is
);

-- Of a server that is booted anew: in which boot it was, when it was told, and how often; written down before it is told.
alter table maintenance_host
    add column boot_before text,
    add column told        timestamptz,
    add column tells       integer not null default 0,
    add column by_agent    boolean not null default false,
    add column fault       text    not null default '';
