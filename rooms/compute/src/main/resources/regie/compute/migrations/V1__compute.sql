-- One row for each server that runs guests. What is claimed can't exceed the total, whichever code writes.
create table host (
    server             uuid primary key,
    name               text    not null unique,
    site               text    not null,
    rack               text    not null,
    schedulable        boolean not null,
    presence           text    not null default 'UNKNOWN',
    presence_since     timestamptz,
    refused_generation bigint,                      -- of a wish that it did not take, and why
    refused_why        text,
    offered_vcpus      integer,                     -- what its agent says it can give in all
    offered_memory_mib bigint,
    offered_disk_gib   bigint,
    total_vcpus        integer not null,
    total_memory_mib   bigint  not null,
    total_disk_gib     bigint  not null,
    claimed_vcpus      integer not null default 0,
    claimed_memory_mib bigint  not null default 0,
    claimed_disk_gib   bigint  not null default 0,
    generation         bigint  not null default 0,  -- of its wish; grows with each change of its guests
    taken_generation   bigint  not null default 0,  -- of the newest wish that it says it has taken
    constraint vcpus_not_oversold  check (claimed_vcpus      between 0 and total_vcpus),
    constraint memory_not_oversold check (claimed_memory_mib between 0 and total_memory_mib),
    constraint disk_not_oversold   check (claimed_disk_gib   between 0 and total_disk_gib)
);

-- A place on a host: one for each instance, so that none can be in two.
create table allocation (
    instance       uuid primary key,
    server         uuid    not null references host,
    epoch          bigint  not null,
    claimed_vcpus      integer not null check (claimed_vcpus > 0),
    claimed_memory_mib bigint  not null check (claimed_memory_mib > 0),
    claimed_disk_gib   bigint  not null check (claimed_disk_gib >= 0),
    crowd          text,             -- the group that keeps apart
    guest          jsonb   not null, -- what the host is told to run
    leaving_since  bigint            -- generation of the first wish without it
);
create index allocation_server on allocation (server);
create index allocation_crowd on allocation (crowd) where crowd is not null;

-- What the hosts say they run.
create table seen (
    server   uuid    not null references host on delete cascade,
    instance uuid    not null,
    epoch    bigint  not null,
    state    text    not null,
    reboots  integer not null,
    builds   integer not null,
    detail   text    not null,
    primary key (server, instance)
);
create index seen_instance on seen (instance);

-- The room on a host follows its allocations by itself. Hosts are locked in order of server first: an update of several takes them
-- as it meets them, and two that meet them in different order would wait for each other.
create function add_claims() returns trigger language plpgsql as $$
begin
    perform from compute.host where server in (select server from added) order by server for no key update;
    update compute.host h
       set claimed_vcpus = claimed_vcpus + more.vcpus, claimed_memory_mib = claimed_memory_mib + more.memory_mib,
           claimed_disk_gib = claimed_disk_gib + more.disk_gib
      from (select server, sum(claimed_vcpus) vcpus, sum(claimed_memory_mib) memory_mib, sum(claimed_disk_gib) disk_gib
              from added group by server) more
     where h.server = more.server;
    return null;
end $$;

create function drop_claims() returns trigger language plpgsql as $$
begin
    perform from compute.host where server in (select server from dropped) order by server for no key update;
    update compute.host h
       set claimed_vcpus = claimed_vcpus - less.vcpus, claimed_memory_mib = claimed_memory_mib - less.memory_mib,
           claimed_disk_gib = claimed_disk_gib - less.disk_gib
      from (select server, sum(claimed_vcpus) vcpus, sum(claimed_memory_mib) memory_mib, sum(claimed_disk_gib) disk_gib
              from dropped group by server) less
     where h.server = less.server;
    return null;
end $$;

create function change_claims() returns trigger language plpgsql as $$
begin
    perform from compute.host where server in (select server from added union select server from dropped)
      order by server for no key update;
    update compute.host h
       set claimed_vcpus = claimed_vcpus + more.vcpus, claimed_memory_mib = claimed_memory_mib + more.memory_mib,
           claimed_disk_gib = claimed_disk_gib + more.disk_gib
      from (select server, sum(vcpus) vcpus, sum(memory_mib) memory_mib, sum(disk_gib) disk_gib
              from (select server, claimed_vcpus vcpus, claimed_memory_mib memory_mib, claimed_disk_gib disk_gib from added
                    union all
                    select server, -claimed_vcpus, -claimed_memory_mib, -claimed_disk_gib from dropped) both_sides
             group by server) more
     where h.server = more.server and (more.vcpus, more.memory_mib, more.disk_gib) <> (0, 0, 0);
    return null;
end $$;

create trigger allocation_added after insert on allocation
    referencing new table as added for each statement execute function add_claims();
create trigger allocation_dropped after delete on allocation
    referencing old table as dropped for each statement execute function drop_claims();
create trigger allocation_changed after update on allocation
    referencing new table as added old table as dropped for each statement execute function change_claims();
