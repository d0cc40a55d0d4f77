-- The CA of the control room: one for the whole database. The key is sealed by the master key, which is a file and not here.
create table certificate_authority (
    single      boolean primary key default true check (single),
    certificate bytea       not null,
    sealed_key  bytea       not null,
    created_at  timestamptz not null
);

-- Only the SHA-256 of a secret is kept. A token is used once: used_at is set in the transaction that makes the agent.
create table join_token (
    id         text primary key,
    sha256     bytea       not null check (octet_length(sha256) = 32),
    servers    text[]      not null check (cardinality(servers) > 0),
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at    timestamptz
);

create table agent (
    uid        uuid primary key,
    joined_at  timestamptz not null,
    serial     text        not null,              -- of its newest certificate
    ends_at    timestamptz not null,              -- of its newest certificate
    revoked_at timestamptz
);

-- A server has one agent: who joins for it later takes its place.
create table agent_server (
    server text primary key,
    agent  uuid not null references agent
);
create index agent_server_agent on agent_server (agent);
