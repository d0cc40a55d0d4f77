-- Which transaction wrote a row of the audit trail. Those that are older than all that are under way are complete: no row can come
-- in between any more, and they can be sealed.
alter table audit add column transaction xid8 not null default '0';
alter table audit alter column transaction set default pg_current_xact_id();
create index audit_transaction on audit (transaction, number);

-- A chain over the audit trail. A link holds the rows of all transactions from the end of the link before up to its own, and its
-- hash is made of them and of the hash before: rows that are changed, missing or added afterwards break it.
create table seal (
    number bigint primary key,
    until  xid8        not null,              -- the first transaction that is not in it
    count  bigint      not null,              -- of rows
    hash   bytea       not null check (octet_length(hash) = 32),
    at     timestamptz not null default clock_timestamp()
);

create trigger seal_is_append_only before update or delete or truncate on seal
    for each statement execute function audit_is_append_only();
