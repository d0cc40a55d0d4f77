-- Only the SHA-256 of a token's secret is kept: who reads this table can sign in as nobody.
create table token (
    uid          uuid primary key,
    name         text        not null,
    role         text        not null check (role in ('OPERATOR', 'AUDITOR', 'MEMBER')),
    project      text,
    sha256       bytea       not null unique check (octet_length(sha256) = 32),
    created_at   timestamptz not null default clock_timestamp(),
    last_used_at timestamptz,                     -- coarse: see Tokens
    revoked_at   timestamptz,
    check ((role = 'MEMBER') = (project is not null))
);
create unique index token_name on token (name) where revoked_at is null;

-- Who did what. A row is written in the transaction of the change itself, and never changed afterwards.
create table audit (
    number     bigint generated always as identity primary key,
    at         timestamptz not null default clock_timestamp(),
    who        text        not null,              -- name of the token
    token      uuid        not null,
    request    text        not null,
    verb       text        not null,
    kind       text        not null,
    project    text        not null,              -- empty for the estate's kinds
    name       text        not null,
    uid        uuid        not null,
    generation bigint      not null,
    fields     integer     not null               -- how many fields of it the request changed
);
create index audit_object on audit (kind, project, name, number);

create function audit_is_append_only() returns trigger language plpgsql as $$
begin
    raise exception 'the audit trail can only be added to';
end
$$;
create trigger audit_is_append_only before update or delete or truncate on audit
    for each statement execute function audit_is_append_only();
