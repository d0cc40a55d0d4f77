-- How it goes with one webhook. Locked last of all tables here: cursor, delivery, line, course.
create table course (
    webhook         uuid primary key,
    kind            text        not null check (kind in ('Webhook', 'EstateWebhook')),
    generation      bigint      not null,       -- of the webhook, when it was last looked at
    paused          boolean     not null,
    gone_at         timestamptz,                -- its receiver said that it is gone for good
    rest_until      timestamptz,                -- its receiver asked for patience
    failures        integer     not null default 0,   -- in a row, over all its deliveries
    last_success_at timestamptz,
    last_failure_at timestamptz,
    last_failure    text        not null default '',
    missed_from     text,                       -- the log was trimmed before it was read; both or none
    missed_to       text,
    stale_at        timestamptz default clock_timestamp(),   -- from when on its status is worth writing anew
    check ((missed_from is null) = (missed_to is null))
);
create index course_stale on course (stale_at) where stale_at is not null;

-- How far a webhook has read the log. Apart from course, so that reading and delivering never wait for each other.
create table cursor (
    webhook     uuid primary key references course on delete cascade,
    transaction bigint not null,
    revision    bigint not null
);

-- Sealed by the master key, which is a file and not here.
create table secret (
    id         uuid primary key,
    webhook    uuid        not null references course on delete cascade,
    sealed     bytea       not null,
    created_at timestamptz not null default clock_timestamp(),
    ends_at    timestamptz                      -- null for the newest
);
create unique index secret_newest on secret (webhook) where ends_at is null;
create index secret_webhook on secret (webhook);

-- One change for one webhook: what waits, and what became of it.
create table delivery (
    number      bigint generated always as identity primary key,   -- in the order in which they are to arrive
    webhook     uuid        not null references course on delete cascade,
    message     text        not null,           -- the same however often the change is sent
    transaction bigint      not null,
    revision    bigint      not null,
    at          timestamptz not null,
    change      text        not null,
    kind        text        not null,
    project     text        not null,
    name        text        not null,
    object      uuid        not null,
    resource    text,                           -- as it was right after the change; null once delivered
    state       text        not null default 'WAITING' check (state in ('WAITING', 'DELIVERED', 'DEAD')),
    attempts    integer     not null default 0,
    queued_at   timestamptz not null default clock_timestamp(),
    first_at    timestamptz,                    -- first attempt since it was queued
    tried_at    timestamptz,
    millis      integer,                        -- how long the last attempt took
    status      integer,                        -- HTTP status of the last attempt; null where no answer came
    error       text        not null default '',
    finished_at timestamptz,
    check ((state = 'WAITING') = (finished_at is null)),
    check (state = 'DELIVERED' or resource is not null)
);
create index delivery_waiting on delivery (webhook, object, number) where state = 'WAITING';
create index delivery_log on delivery (webhook, number);
create index delivery_dead on delivery (webhook) where state = 'DEAD';
create index delivery_finished on delivery (finished_at) where finished_at is not null;

-- The changes of one resource that wait for one webhook stand in line: the first is delivered, the others wait. Whoever holds the
-- lease of the line delivers.
create table line (
    webhook     uuid        not null references course on delete cascade,
    object      uuid        not null,
    due_at      timestamptz not null default clock_timestamp(),
    lease_until timestamptz,
    owner       text,
    primary key (webhook, object)
);
create index line_due on line (webhook, due_at);
create index line_owner on line (owner) where owner is not null;
