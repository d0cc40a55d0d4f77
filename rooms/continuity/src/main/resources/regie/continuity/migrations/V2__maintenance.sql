-- How far each server of a maintenance has come. A server is out for one maintenance at a time, whichever code writes.
create table maintenance_host (
    maintenance uuid        not null,
    server      uuid        not null,
    name        text        not null,
    rack        text        not null,
    site        text        not null,
    stage       text        not null,
    since       timestamptz not null,
    state_before text,                        -- what was declared of it before it was taken out
    retries     integer     not null default 0,
    looked      timestamptz,                  -- when its turn was refused last
    note        text        not null default '',
    primary key (maintenance, server)
);
create unique index maintenance_host_out on maintenance_host (server)
 where stage in ('DRAINING', 'EMPTY', 'WORKING', 'VERIFYING', 'FAILED');

-- Machines that had to leave a server, and how they did.
create table maintenance_machine (
    maintenance     uuid        not null,
    server          uuid        not null,
    instance        uuid        not null,
    name            text        not null,     -- PROJECT/NAME
    origin          text        not null,     -- name of the server
    begun           timestamptz not null,
    outcome         text        not null default 'LEAVING',
    destination     text,
    millis          bigint,
    downtime_millis bigint,
    primary key (maintenance, server, instance),
    foreign key (maintenance, server) references maintenance_host on delete cascade
);
create index maintenance_machine_leaving on maintenance_machine (maintenance) where outcome in ('LEAVING', 'STOPPED');
