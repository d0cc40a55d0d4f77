-- What is kept of a member of a stateful fleet between its end and its replacement. Its address has the uid of the row as its owner.
create table member_seat (
    uid   uuid primary key,
    fleet uuid not null,
    name  text not null,  -- of the member
    site  text not null,  -- whose network the address is of
    unique (fleet, name)
);
