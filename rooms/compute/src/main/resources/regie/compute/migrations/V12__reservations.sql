-- What is kept free for machines to come: a reservation of a project, or the reserve of a site. As many places as it wants are
-- either free or used, and never more, whichever code writes.
create table reservation (
    uid      uuid primary key,
    kind     text    not null,           -- of the resource
    pattern  jsonb   not null,           -- what placement knows of each of its free places
    kept_for jsonb   not null,           -- whose machines may take one over, and of which flavor
    wanted   integer not null,
    places   integer not null default 0, -- follows the rows of reserved
    ended    boolean not null,           -- places that are used go back to it no more
    constraint places_as_wanted check (places between 0 and wanted)
);

-- One place of a reservation: free, with a host and claims of its own under its uid; or used by the machine that took it over,
-- whose claims then are its own. A machine uses one at the most, and who goes uses none.
create table reserved (
    place         uuid primary key,
    reservation   uuid not null references reservation on delete cascade,
    server        uuid,
    overcommitted boolean,
    seated        jsonb,               -- what placement knows of the place, as of a guest
    kept_for      jsonb   not null,
    user_instance uuid unique,
    project       text generated always as (nullif(seated #>> '{guest,project}', '')) stored, -- that the free place counts for
    constraint free_or_used check (
        (user_instance is null and server is not null and overcommitted is not null and seated is not null)
        or (user_instance is not null and server is null and overcommitted is null and seated is null)),
    foreign key (server, overcommitted) references host (server, overcommitted),
    -- Looked at when the transaction ends: a place is let go before the machine that takes it over gets it.
    constraint user_has_a_place foreign key (user_instance) references allocation on delete cascade
        deferrable initially deferred
);
create index reserved_reservation on reserved (reservation);
create index reserved_server on reserved (server) where server is not null;

-- Claims of a free place are kept as those of any.
create or replace view seat as
    select instance, server from allocation union all select instance, server from migration
     union all select place, server from reserved where server is not null;

create function reserved_has_claims() returns trigger language plpgsql as $$
begin
    if exists (select from placed p where p.server is not null and not exists
                (select from compute.claim c where c.instance = p.place and c.server = p.server)) then
        raise exception 'place_has_claims: a reserved place without claims'
            using errcode = 'check_violation', constraint = 'place_has_claims', table = 'reserved';
    end if;
    return null;
end $$;

create function reserved_left_claims() returns trigger language plpgsql as $$
begin
    if exists (select from compute.claim c join left_behind l on l.place = c.instance
                where not exists (select from compute.seat s where s.instance = c.instance and s.server = c.server)) then
        raise exception 'claim_of_a_place: claims without a place'
            using errcode = 'foreign_key_violation', constraint = 'claim_of_a_place', table = 'claim';
    end if;
    return null;
end $$;

-- A free place becomes a used one, and nothing else about a place ever changes.
create function reserved_taken_over() returns trigger language plpgsql as $$
begin
    if old.user_instance is not null or new.user_instance is null
       or new.place <> old.place or new.reservation <> old.reservation then
        raise exception 'reserved_is_taken_once: a reserved place is made, taken over once and dropped, and never handed on'
            using errcode = 'restrict_violation', constraint = 'reserved_is_taken_once', table = 'reserved';
    end if;
    return null;
end $$;

create trigger reserved_added after insert on reserved
    referencing new table as placed for each statement execute function reserved_has_claims();
create trigger reserved_dropped after delete on reserved
    referencing old table as left_behind for each statement execute function reserved_left_claims();
create trigger reserved_changed after update on reserved
    referencing new table as placed old table as left_behind for each statement execute function reserved_left_claims();
create trigger reserved_taken_over after update on reserved for each row execute function reserved_taken_over();

create function reserved_counted() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        update compute.reservation r set places = places + more.count
          from (select reservation, count(*) from changed group by reservation order by reservation) more
         where r.uid = more.reservation;
    else
        update compute.reservation r set places = places - less.count
          from (select reservation, count(*) from changed group by reservation order by reservation) less
         where r.uid = less.reservation;
    end if;
    return null;
end $$;
create trigger reserved_counted_in after insert on reserved
    referencing new table as changed for each statement execute function reserved_counted();
create trigger reserved_counted_out after delete on reserved
    referencing old table as changed for each statement execute function reserved_counted();

create function places_follow() returns trigger language plpgsql as $$
begin
    raise exception 'places_follow_rows: how many places a reservation has follows their rows'
        using errcode = 'restrict_violation', constraint = 'places_follow_rows', table = 'reservation';
end $$;
create trigger places_follow_rows before update on reservation for each row
    when (pg_trigger_depth() = 0 and old.places <> new.places) execute function places_follow();
create trigger places_begin_empty before insert on reservation for each row
    when (new.places <> 0) execute function places_follow();

-- A free place counts for the quota of its project as a machine does.
create trigger reserved_usage_added after insert on reserved
    referencing new table as placed for each statement execute function usage_added();
create trigger reserved_usage_dropped after delete on reserved
    referencing old table as left_behind for each statement execute function usage_dropped();

-- Taken over it counts no more, for the machine does. The bound stays: what is used sinks and rises again in one transaction, and
-- whoever is over a quota that was lowered keeps what he has.
create function reserved_usage_taken() returns trigger language plpgsql as $$
begin
    perform from compute.host where server in (select server from left_behind) order by server for no key update;
    perform from compute.usage where project in (select project from left_behind) order by project, resource for no key update;
    update compute.usage u set used = u.used - less.amount
      from (select l.project, c.resource, sum(c.amount) amount
              from left_behind l join placed p on p.place = l.place and p.server is null, compute.charges(l.seated) c
             where l.project is not null group by l.project, c.resource) less
     where u.project = less.project and u.resource = less.resource;
    return null;
end $$;
create trigger reserved_usage_taken after update on reserved
    referencing new table as placed old table as left_behind for each statement execute function reserved_usage_taken();
