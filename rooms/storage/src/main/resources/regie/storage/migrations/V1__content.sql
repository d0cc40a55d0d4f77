-- Bytes of images, where all servers of the room are to find them. Whole is what has all of its chunks; what nobody needs goes once
-- it has not been touched for a while, so that there is time to write down who needs it.
create table content (
    sha256 text primary key,
    bytes bigint not null check (bytes > 0),
    whole boolean not null default false,
    touched timestamptz not null default clock_timestamp()
);

create table chunk (
    sha256 text not null references content on delete cascade,
    number integer not null check (number >= 0),
    data bytea not null,
    primary key (sha256, number)
);
-- Disk images are compressed already, or not worth it; and so a chunk's length is known without reading it.
alter table chunk alter column data set storage external;
