-- What each site had and what of it was claimed and held, hour by hour: the past that forecasts are made of. The hour's last word stands.
create table capacity (
    site    text        not null,
    what    text        not null,                   -- threads, memory, disk, gpus:A100, …
    hour    timestamptz not null,
    total   bigint      not null check (total >= 0),
    claimed bigint      not null check (claimed >= 0),
    held    bigint      not null check (held >= 0),
    primary key (site, what, hour)
);
create index capacity_hour on capacity (hour);
