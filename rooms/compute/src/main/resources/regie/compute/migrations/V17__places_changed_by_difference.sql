-- Which of the places that a statement has written are other than before, found by a difference of both sets. A join of them is
-- planned when a connection first sees a few rows, as a loop in a loop, and then compares a thousand rows with a thousand.
create or replace function usage_changed() returns trigger language plpgsql as $$
begin
    if not exists (select instance, seated from placed except select instance, seated from left_behind) then
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

create or replace function places_changed() returns trigger language plpgsql as $$
begin
    if exists (select instance, server from placed except select instance, server from left_behind) then
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
      select instance
        from (select instance, server, seated, leaving_since is null from placed
              except
              select instance, server, seated, leaving_since is null from left_behind) changed;
    return null;
end $$;

-- A place is written once more when it is given up.
alter table allocation set (fillfactor = 60);
