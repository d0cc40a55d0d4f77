-- Fleets whose members say by themselves that they live, and since when that is expected of them.
alter table probing
    add column by_heartbeat boolean     not null default false,
    add column since        timestamptz not null default clock_timestamp();

-- When a member was last heard. Written once a second at most for each, in place: room is left in each page for that.
create table heartbeat (
    instance uuid primary key,
    fleet    uuid        not null,
    heard_at timestamptz not null
) with (fillfactor = 50);
create index heartbeat_fleet on heartbeat (fleet);

-- Since when some server of the room has listened without a pause, and until when: nobody is silent who could not be heard.
create table listening (
    one      boolean     primary key default true check (one),
    since    timestamptz not null default clock_timestamp(),
    until_at timestamptz not null default clock_timestamp()
);
insert into listening default values;
