-- How many addresses of a network are taken, kept by the database itself: counting them costs more the more there are.
alter table cursor add column taken bigint not null default 0;
insert into cursor (network, taken) select network, count(*) from address group by network
on conflict (network) do update set taken = excluded.taken;

create function addresses_taken() returns trigger language plpgsql as $$
begin
    insert into network.cursor as c (network, taken)
      select network, count(*) from added group by network order by network
    on conflict (network) do update set taken = c.taken + excluded.taken;
    return null;
end $$;

create function addresses_released() returns trigger language plpgsql as $$
begin
    perform from network.cursor where network in (select network from released) order by network for update;
    update network.cursor c set taken = c.taken - less.count
      from (select network, count(*) from released group by network) less where c.network = less.network;
    return null;
end $$;

create trigger addresses_taken after insert on address
    referencing new table as added for each statement execute function addresses_taken();
create trigger addresses_released after delete on address
    referencing old table as released for each statement execute function addresses_released();
