-- When the members of a fleet are probed next. Who moves the time on is who probes: so each is probed by one server.
create table probing (
    fleet  uuid primary key,
    due_at timestamptz not null
);
create index probing_due on probing (due_at);

-- What probes said of a member that runs. Without a row it was not found healthy yet.
create table health (
    instance uuid primary key,
    fleet    uuid    not null,
    misses   integer not null,  -- in a row
    healthy  boolean not null,  -- gave the right answer since it last missed too often
    served   boolean not null,  -- gave it at least once
    ill      boolean not null,  -- missed so often that it is to be replaced
    detail   text    not null   -- of the last miss
);
create index health_fleet on health (fleet);
