-- Everything scarce that a host has to give, one row for each: threads@0, memory@1, disk:md0, gpus:A100@1, bandwidth. What is
-- claimed of one can't exceed what there is, whichever code writes.
create table slot (
    server  uuid   not null references host on delete cascade,
    slot    text   not null,
    total   bigint not null,
    claimed bigint not null default 0,
    primary key (server, slot),
    constraint not_oversold check (claimed between 0 and total)
);

-- What an instance has of a host, slot by slot.
create table claim (
    instance uuid   not null,
    server   uuid   not null,
    slot     text   not null,
    amount   bigint not null,
    primary key (instance, server, slot),
    constraint claims_something check (amount > 0)
);
create index claim_server on claim (server);

-- The seats that claims are for.
create view seat as select instance, server from allocation;

-- What whoever keeps hosts and places in memory has to read again. Written under the lock of placement, so that the order of
-- revisions is the order of commits; of old lines only the newest are kept.
create table change (
    revision bigint generated always as identity primary key,
    server   uuid,
    instance uuid
);

-- What there was until now becomes whole slots without a NUMA node; the room's next start finds a node for each claim.
insert into slot (server, slot, total, claimed)
  select server, slot, total, claimed from host, lateral (values
    ('threads', total_vcpus::bigint, claimed_vcpus::bigint), ('memory', total_memory_mib, claimed_memory_mib),
    ('disk', total_disk_gib, claimed_disk_gib)) as was (slot, total, claimed);
insert into claim (instance, server, slot, amount)
  select instance, server, slot, amount from allocation, lateral (values
    ('threads', claimed_vcpus::bigint), ('memory', claimed_memory_mib), ('disk', claimed_disk_gib)) as was (slot, amount)
   where amount > 0;

drop trigger allocation_added on allocation;
drop trigger allocation_dropped on allocation;
drop trigger allocation_changed on allocation;
drop function add_claims();
drop function drop_claims();
drop function change_claims();
alter table host
    drop column total_vcpus, drop column total_memory_mib, drop column total_disk_gib,
    drop column claimed_vcpus, drop column claimed_memory_mib, drop column claimed_disk_gib;

-- Guaranteed and overcommitted machines never meet: a place is of the sort of its host, and a host that has places keeps its sort.
alter table host add unique (server, overcommitted);
alter table allocation
    drop column claimed_vcpus, drop column claimed_memory_mib, drop column claimed_disk_gib,
    drop constraint allocation_server_fkey,
    add column overcommitted boolean not null default false,
    add column seated jsonb, -- what placement knows of the guest as its host was told: shape, rules and slots
    add constraint seated_somewhere check (seated is not null) not valid, -- but for places of an older version
    add constraint sort_of_host foreign key (server, overcommitted) references host (server, overcommitted);
alter table allocation alter column overcommitted drop default;

-- The claims on a slot follow the rows of claim by themselves. Hosts are locked in order of server first: an update of several takes
-- slots as it meets them, and two that meet them in different order would wait for each other.
create function settle_claims(servers uuid[], slots text[], amounts bigint[]) returns void language plpgsql as $$
declare
    wanted bigint;
    found_rows bigint;
begin
    select count(*) into wanted
      from (select distinct server, slot from unnest(servers, slots) as each (server, slot)) each;
    update compute.slot s set claimed = s.claimed + more.amount
      from (select server, slot, sum(amount) amount from unnest(servers, slots, amounts) as each (server, slot, amount)
             group by server, slot) more
     where s.server = more.server and s.slot = more.slot;
    get diagnostics found_rows = row_count;
    if found_rows <> wanted then
        raise exception 'claim_on_a_slot: a claim names a slot that its host does not have'
            using errcode = 'foreign_key_violation', constraint = 'claim_on_a_slot', table = 'claim';
    end if;
end $$;

create function claims_added() returns trigger language plpgsql as $$
begin
    perform from compute.host where server in (select server from added) order by server for no key update;
    if exists (select from added c where not exists
                (select from compute.seat s where s.instance = c.instance and s.server = c.server)) then
        raise exception 'claim_of_a_place: a claim is of an instance that has no place on its host'
            using errcode = 'foreign_key_violation', constraint = 'claim_of_a_place', table = 'claim';
    end if;
    perform compute.settle_claims(array_agg(server), array_agg(slot), array_agg(amount)) from added having count(*) > 0;
    insert into compute.change (instance) select distinct instance from added;
    return null;
end $$;

create function claims_dropped() returns trigger language plpgsql as $$
begin
    perform from compute.host where server in (select server from dropped) order by server for no key update;
    if exists (select from dropped c join compute.seat s on s.instance = c.instance and s.server = c.server
                where not exists (select from compute.claim l where l.instance = c.instance and l.server = c.server)) then
        raise exception 'place_has_claims: a place without claims'
            using errcode = 'check_violation', constraint = 'place_has_claims', table = 'allocation';
    end if;
    perform compute.settle_claims(array_agg(server), array_agg(slot), array_agg(-amount)) from dropped having count(*) > 0;
    insert into compute.change (instance) select distinct instance from dropped;
    return null;
end $$;

create function claims_changed() returns trigger language plpgsql as $$
begin
    perform from compute.host where server in (select server from added union select server from dropped)
      order by server for no key update;
    if exists (select from added c full join dropped d
                   on d.instance = c.instance and d.server = c.server and d.slot = c.slot
                where c.instance is null or d.instance is null) then
        raise exception 'claim_stays_what_it_is: a claim is made and dropped, and never handed from one to another'
            using errcode = 'restrict_violation', constraint = 'claim_stays_what_it_is', table = 'claim';
    end if;
    perform compute.settle_claims(array_agg(server), array_agg(slot), array_agg(amount))
       from (select server, slot, amount from added union all select server, slot, -amount from dropped) both_sides
     having count(*) > 0;
    insert into compute.change (instance) select distinct instance from added;
    return null;
end $$;

create trigger claim_added after insert on claim
    referencing new table as added for each statement execute function claims_added();
create trigger claim_dropped after delete on claim
    referencing old table as dropped for each statement execute function claims_dropped();
create trigger claim_changed after update on claim
    referencing new table as added old table as dropped for each statement execute function claims_changed();

-- A place is made together with its claims, in one statement; it is taken back together with them.
create function place_has_claims() returns trigger language plpgsql as $$
begin
    if exists (select from placed p where not exists
                (select from compute.claim c where c.instance = p.instance and c.server = p.server)) then
        raise exception 'place_has_claims: a place without claims'
            using errcode = 'check_violation', constraint = 'place_has_claims', table = 'allocation';
    end if;
    return null;
end $$;

create function claims_have_place() returns trigger language plpgsql as $$
begin
    if exists (select from compute.claim c join left_behind l on l.instance = c.instance
                where not exists (select from compute.seat s where s.instance = c.instance and s.server = c.server)) then
        raise exception 'claim_of_a_place: claims without a place'
            using errcode = 'foreign_key_violation', constraint = 'claim_of_a_place', table = 'claim';
    end if;
    return null;
end $$;

create function places_changed() returns trigger language plpgsql as $$
begin
    if exists (select from placed p join left_behind l using (instance) where p.server <> l.server) then
        if exists (select from placed p where not exists
                    (select from compute.claim c where c.instance = p.instance and c.server = p.server)) then
            raise exception 'place_has_claims: a place without claims'
                using errcode = 'check_violation', constraint = 'place_has_claims', table = 'allocation';
        end if;
        if exists (select from compute.claim c join left_behind l on l.instance = c.instance
                    where not exists (select from compute.seat s where s.instance = c.instance and s.server = c.server)) then
            raise exception 'claim_of_a_place: claims without a place'
                using errcode = 'foreign_key_violation', constraint = 'claim_of_a_place', table = 'claim';
        end if;
    end if;
    insert into compute.change (instance)
      select instance from placed p join left_behind l using (instance)
       where (p.server, p.seated, p.leaving_since is null) is distinct from (l.server, l.seated, l.leaving_since is null);
    return null;
end $$;

create trigger allocation_added after insert on allocation
    referencing new table as placed for each statement execute function place_has_claims();
create trigger allocation_dropped after delete on allocation
    referencing old table as left_behind for each statement execute function claims_have_place();
create trigger allocation_changed after update on allocation
    referencing new table as placed old table as left_behind for each statement execute function places_changed();

create function note_host() returns trigger language plpgsql as $$
begin
    insert into compute.change (server) values (coalesce(new.server, old.server));
    return null;
end $$;

create trigger host_came_or_went after insert or delete on host for each row execute function note_host();
create trigger host_changed after update on host for each row when (
    (old.name, old.site, old.country, old.room, old.rack, old.feeds, old.switches, old.labels, old.schedulable, old.presence,
     old.project, old.overcommitted)
    is distinct from
    (new.name, new.site, new.country, new.room, new.rack, new.feeds, new.switches, new.labels, new.schedulable, new.presence,
     new.project, new.overcommitted)) execute function note_host();
create trigger slot_came_or_went after insert or delete on slot for each row execute function note_host();
create trigger slot_changed after update of total on slot for each row when (old.total <> new.total) execute function note_host();

-- What is claimed of a slot is the sum of its claims, and nobody writes it by hand.
create function claimed_follows() returns trigger language plpgsql as $$
begin
    raise exception 'claimed_follows_claims: what is claimed of a slot follows its claims'
        using errcode = 'restrict_violation', constraint = 'claimed_follows_claims', table = 'slot';
end $$;
create trigger slot_begins_empty before insert on slot for each row
    when (new.claimed <> 0) execute function claimed_follows();
create trigger slot_follows_claims before update on slot for each row
    when (pg_trigger_depth() = 0 and (old.claimed, old.server, old.slot) <> (new.claimed, new.server, new.slot))
    execute function claimed_follows();
create trigger slot_ends_empty before delete on slot for each row
    when (old.claimed <> 0) execute function claimed_follows();
