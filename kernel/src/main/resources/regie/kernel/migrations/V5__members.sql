-- The servers of the room that live, each with when it last said so; and what each of them alone has a line to, such as a host.
create table member (
    id uuid primary key,
    seen timestamptz not null
);

create table held (
    topic text not null,
    name text not null,
    member uuid not null,
    primary key (topic, name)
);
create index held_by_member on held (member, topic);
