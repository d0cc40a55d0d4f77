-- Machines in public clouds that stand in for members without room. A row is written before the cloud is asked for the machine, and goes
-- when the cloud has said that nothing of it is left: so none is started twice, and none that is paid for is forgotten.
create table burst (
    uid        uuid primary key,      -- what the cloud knows the request by, and the machine's tag
    fleet      uuid        not null,
    cloud      text        not null,
    name       text        not null,
    flavor     text        not null,
    image      text        not null,
    network    text,
    user_data  text,
    price      bigint      not null check (price > 0), -- ten-thousandths of a euro in an hour
    state      text        not null check (state in ('WANTED', 'STARTED', 'ENDING')),
    since      timestamptz not null default clock_timestamp(),
    machine    text,                  -- the cloud's name for it
    running    boolean     not null default false,
    address    text,
    detail     text        not null default ''
);
create index burst_fleet on burst (fleet);

-- Fleets that may burst, and what their next stand-in waits for.
create table bursting (
    fleet  uuid primary key,
    code   text not null default '',
    detail text not null default ''
);

-- One server of the room at a time speaks with the clouds. The room's name for itself tells its machines from those of others.
create table burst_turn (
    one    boolean     primary key default true check (one),
    room   uuid        not null default gen_random_uuid(),
    due_at timestamptz not null default clock_timestamp()
);
insert into burst_turn default values;
