-- Answers to requests that carried an Idempotency-Key, written in the transaction of what they did: where the answer is, the change
-- is, and the other way round. The body is sealed by the master key, for it may hold a secret that is said only once.
create table repeat (
    token      uuid        not null references token,
    key        text        not null check (length(key) between 1 and 255),
    request    bytea       not null check (octet_length(request) = 32),   -- SHA-256 of all that it asked for
    status     integer     not null,
    media_type text        not null,
    etag       text,
    body       bytea       not null,
    at         timestamptz not null default clock_timestamp(),
    primary key (token, key)
);
create index repeat_at on repeat (at);
