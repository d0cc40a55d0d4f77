create sequence revision;

create table resource (
    uid         uuid primary key,
    kind        text        not null,
    project     text        not null,           -- empty for the estate's kinds
    name        text        not null,
    owner       uuid references resource,
    labels      jsonb       not null,
    generation  bigint      not null,
    revision    bigint      not null,
    spec        jsonb       not null,
    status      jsonb       not null,
    created_at  timestamptz not null,
    deleting_at timestamptz,
    unique (kind, project, name)
);
create index resource_owner on resource (owner) where owner is not null;

-- Who needs whom. The foreign keys make it impossible to delete what is needed, under any race.
create table reference (
    from_uid uuid not null references resource on delete cascade,
    field    text not null,
    to_uid   uuid not null references resource on delete restrict,
    primary key (from_uid, field, to_uid)
);
create index reference_to on reference (to_uid);

-- Every change, written in the same transaction. Read in order of (transaction, revision) and only up to the oldest transaction
-- still running: revisions are given out before the commit, so reading by revision alone would skip one that commits late.
create table log (
    transaction xid8        not null default pg_current_xact_id(),
    revision    bigint      not null,
    at          timestamptz not null default clock_timestamp(),
    actor       text        not null,
    change      text        not null,
    kind        text        not null,
    project     text        not null,
    name        text        not null,
    uid         uuid        not null,
    body        jsonb       not null,
    primary key (transaction, revision)
);
create index log_at on log (at);
create index log_uid on log (uid, revision);

create table work (
    kind        text        not null,
    object      uuid        not null,
    due_at      timestamptz not null default clock_timestamp(),
    generation  bigint      not null default 1,
    attempt     integer     not null default 0,
    lease_until timestamptz,
    owner       text,
    primary key (kind, object)
);
create index work_due on work (kind, due_at);

-- Behind this position the log is complete; one row.
create table trimmed (
    transaction xid8   not null,
    revision    bigint not null
);
insert into trimmed values ('0'::xid8, 0);
