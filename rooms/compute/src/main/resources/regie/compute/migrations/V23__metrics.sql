-- What was posted of what a fleet's size follows: of each few seconds the newest, for as long as a decision may look back.
create table metric (
    fleet   uuid             not null,
    name    text             not null,
    at      timestamptz      not null,
    value   double precision not null check (value >= 0 and value < 'infinity'),
    wanted  integer          not null,  -- members, when it was posted
    running integer          not null,
    primary key (fleet, name, at)
);
