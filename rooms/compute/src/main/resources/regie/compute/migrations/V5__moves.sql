-- Hosts whose engine hands running guests over to another host.
alter table host add column moves_guests boolean not null default false;
alter table seen add column handover jsonb;   -- how far a guest has come on its way
alter table allocation add column attempts bigint not null default 0;  -- to move it, so far

-- The second place of an instance that changes its host. Until it is handed over this is where it goes to; from then on, where
-- it came from. Either way its room is taken until that host has said that nothing of the guest is there.
create table migration (
    instance       uuid primary key references allocation,
    server         uuid        not null,
    epoch          bigint      not null,
    overcommitted  boolean     not null,
    crowd          text,
    seated         jsonb       not null, -- what placement knows of it, as that host was told
    guest          jsonb       not null, -- what the host is told to run or to await
    phase          text        not null,
    attempt        bigint      not null,
    origin         text        not null, -- name of the host it began on
    destination    text        not null,
    begun          timestamptz not null,
    settled        timestamptz,          -- when it was handed over
    told_since     bigint,               -- generation of the first wish that tells its host to keep it
    leaving_since  bigint,               -- generation of the first wish without it
    why            text        not null default '',
    foreign key (server, overcommitted) references host (server, overcommitted)
);
create index migration_server on migration (server);
create index migration_crowd on migration (crowd) where crowd is not null;

-- Its claims are kept as those of any place.
create or replace view seat as
    select instance, server from allocation union all select instance, server from migration;
create trigger migration_added after insert on migration
    referencing new table as placed for each statement execute function place_has_claims();
create trigger migration_dropped after delete on migration
    referencing old table as left_behind for each statement execute function claims_have_place();
create trigger migration_changed after update on migration
    referencing new table as placed old table as left_behind for each statement execute function places_changed();
