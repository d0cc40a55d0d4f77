-- Addresses count for the quota of a project as all else does: one for each network card of a machine that has a place. A place that
-- is only reserved has none.
create function addresses(guest jsonb) returns bigint language sql immutable as $$
    select coalesce(jsonb_array_length(guest #> '{machine,nics}'), 0)::bigint
$$;

insert into usage (project, resource, used)
  select project, 'addresses', sum(compute.addresses(guest)) from allocation where project is not null group by project;

create function addresses_used() returns trigger language plpgsql as $$
begin
    perform from compute.host where server in (select server from placed) order by server for no key update;
    insert into compute.usage as u (project, resource, used)
      select project, 'addresses', sum(compute.addresses(guest)) from placed
       where project is not null group by project having sum(compute.addresses(guest)) > 0 order by project
    on conflict (project, resource) do update set used = u.used + excluded.used;
    return null;
end $$;

create function addresses_left() returns trigger language plpgsql as $$
begin
    perform from compute.host where server in (select server from left_behind) order by server for no key update;
    perform from compute.usage where project in (select project from left_behind) order by project, resource for no key update;
    update compute.usage u
       set used = u.used - less.amount,
           bound = case when u.quota is not null then greatest(u.quota, u.used - less.amount) end
      from (select project, sum(compute.addresses(guest)) amount from left_behind where project is not null group by project) less
     where u.project = less.project and u.resource = 'addresses';
    return null;
end $$;

-- A place of an older version learns late whose it is; a machine's cards stay as many as they are.
create function addresses_changed() returns trigger language plpgsql as $$
begin
    update compute.usage
       set used = used - compute.addresses(old.guest),
           bound = case when quota is not null then greatest(quota, used - compute.addresses(old.guest)) end
     where project = old.project and resource = 'addresses';
    if new.project is not null then
        insert into compute.usage as u (project, resource, used) values (new.project, 'addresses', compute.addresses(new.guest))
        on conflict (project, resource) do update set used = u.used + excluded.used;
    end if;
    return null;
end $$;

-- Before the other dimensions, as their names have it: addresses are the first of a project's rows, and all lock those in their order.
create trigger addresses_left after delete on allocation
    referencing old table as left_behind for each statement execute function addresses_left();
create trigger addresses_changed after update on allocation for each row
    when (old.project is distinct from new.project or compute.addresses(old.guest) <> compute.addresses(new.guest))
    execute function addresses_changed();
create trigger addresses_used after insert on allocation
    referencing new table as placed for each statement execute function addresses_used();
