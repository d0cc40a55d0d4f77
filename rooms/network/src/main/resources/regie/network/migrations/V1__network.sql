-- Who has which address. The two unique constraints are the last word, whatever the code above believes: an address has one
-- owner, an owner has one address of a network, and no two guests of a network share a MAC.
create table address (
    network uuid    not null,                   -- uid of the Network
    ip      inet    not null,
    owner   uuid    not null,                   -- uid of who has it, such as an Instance
    mac     macaddr not null,
    unique (network, ip),
    unique (network, owner),
    unique (network, mac)
);
create index address_owner on address (owner);

-- The address given last, so that the next one is taken behind it. Its row is also the lock: takers of one network go one by one.
create table cursor (
    network uuid primary key,
    last    inet
);
