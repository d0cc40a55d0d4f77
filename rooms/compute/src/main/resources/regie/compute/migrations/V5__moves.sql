-- Hosts whose engine hands running guests over to another host.
alter table host add column moves_guests boolean not null default false;
alter table seen add column handover jsonb;   -- how far a guest has come on its way
alter table allocation add column attempts bigint not null default 0;  -- to move it, so far

-- The second place of an instance that changes its host. Until it is handed over this is where it goes to; from then on, where
-- it came from. Either way its room is taken until that host has said that nothing of the guest is there.
create table migration (
    instance       uuid primary key references allocation,
    server         uuid        not null references host,
    epoch          bigint      not null,
    claimed_vcpus      integer not null check (claimed_vcpus > 0),
    claimed_memory_mib bigint  not null check (claimed_memory_mib > 0),
    claimed_disk_gib   bigint  not null check (claimed_disk_gib >= 0),
    crowd          text,
    guest          jsonb       not null, -- what the host is told to run or to await
    phase          text        not null,
    attempt        bigint      not null,
    origin         text        not null, -- name of the host it began on
    destination    text        not null,
    begun          timestamptz not null,
    settled        timestamptz,          -- when it was handed over
    told_since     bigint,               -- generation of the first wish that tells its host to keep it
    leaving_since  bigint,               -- generation of the first wish without it
    why            text        not null default ''
);
create index migration_server on migration (server);
create index migration_crowd on migration (crowd) where crowd is not null;

create trigger migration_added after insert on migration
    referencing new table as added for each statement execute function add_claims();
create trigger migration_dropped after delete on migration
    referencing old table as dropped for each statement execute function drop_claims();
