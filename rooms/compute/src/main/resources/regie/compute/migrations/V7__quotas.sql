-- What each project has by its places, and what it may have. The bound is the quota, or, where that was lowered below what is used
-- already, what is used: it can sink and not grow.
create table usage (
    project  text   not null,
    resource text   not null,
    used     bigint not null default 0,
    quota    bigint,
    bound    bigint,
    primary key (project, resource),
    constraint within_quota check (used >= 0 and (bound is null or used <= bound))
);

alter table allocation add column project text generated always as (seated #>> '{guest,project}') stored;

-- What a place counts for: the shape that its host was told. A second place on the way to another host counts for nothing more.
create function charges(seated jsonb) returns table (resource text, amount bigint) language sql immutable as $$
    select resource, amount
      from (values ('instances', 1::bigint),
                   ('vcpus', (seated #>> '{guest,shape,vcpus}')::bigint),
                   ('memory-mib', (seated #>> '{guest,shape,memoryMiB}')::bigint),
                   ('disk-gib', (seated #>> '{guest,shape,diskGiB}')::bigint),
                   ('gpus', (select sum((gpus ->> 'count')::bigint)
                               from jsonb_array_elements(seated #> '{guest,shape,gpus}') gpus)),
                   ('virtual-functions', (seated #>> '{guest,shape,virtualFunctions}')::bigint),
                   ('bandwidth-mbps', (seated #>> '{guest,shape,bandwidthMbps}')::bigint)) charge (resource, amount)
     where amount > 0
$$;

insert into usage (project, resource, used)
  select project, resource, sum(amount) from allocation, charges(seated)
   where project is not null group by project, resource;

-- Hosts are locked before what their projects use, and both in one order.
create function usage_added() returns trigger language plpgsql as $$
begin
    perform from compute.host where server in (select server from placed) order by server for no key update;
    insert into compute.usage as u (project, resource, used)
      select p.project, c.resource, sum(c.amount) from placed p, compute.charges(p.seated) c
       where p.project is not null group by p.project, c.resource order by p.project, c.resource
    on conflict (project, resource) do update set used = u.used + excluded.used;
    return null;
end $$;

create function usage_dropped() returns trigger language plpgsql as $$
begin
    perform from compute.host where server in (select server from left_behind) order by server for no key update;
    perform from compute.usage where project in (select project from left_behind) order by project, resource for no key update;
    update compute.usage u
       set used = u.used - less.amount,
           bound = case when u.quota is not null then greatest(u.quota, u.used - less.amount) end
      from (select p.project, c.resource, sum(c.amount) amount from left_behind p, compute.charges(p.seated) c
             where p.project is not null group by p.project, c.resource) less
     where u.project = less.project and u.resource = less.resource;
    return null;
end $$;

create function usage_changed() returns trigger language plpgsql as $$
begin
    if not exists (select from placed p join left_behind l using (instance)
                    where p.seated is distinct from l.seated) then
        return null;
    end if;
    perform from compute.host where server in (select server from left_behind) order by server for no key update;
    perform from compute.usage where project in (select project from left_behind) order by project, resource for no key update;
    insert into compute.usage as u (project, resource, used)
      select project, resource, 0 from (
        select p.project, c.resource from placed p, compute.charges(p.seated) c where p.project is not null) touched
       group by project, resource order by project, resource
    on conflict (project, resource) do nothing;
    update compute.usage u
       set used = u.used + more.amount,
           bound = case when u.quota is null then null
                        when more.amount < 0 then greatest(u.quota, u.used + more.amount) else u.bound end
      from (select project, resource, sum(amount) amount
              from (select p.project, c.resource, c.amount from placed p, compute.charges(p.seated) c
                     union all
                    select l.project, c.resource, -c.amount from left_behind l, compute.charges(l.seated) c) both_sides
             group by project, resource having sum(amount) <> 0) more
     where u.project = more.project and u.resource = more.resource;
    return null;
end $$;

create trigger usage_added after insert on allocation
    referencing new table as placed for each statement execute function usage_added();
create trigger usage_dropped after delete on allocation
    referencing old table as left_behind for each statement execute function usage_dropped();
create trigger usage_changed after update on allocation
    referencing new table as placed old table as left_behind for each statement execute function usage_changed();
