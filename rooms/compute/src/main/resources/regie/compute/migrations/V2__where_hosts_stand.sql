-- What a host hangs on, and whom it is for. Hosts of an older version learn it when their server is next looked at.
alter table host
    add column country       text    not null default '',
    add column room          text    not null default '',
    add column feeds         jsonb   not null default '[]', -- each alone keeps it running
    add column switches      text    not null default '',
    add column labels        jsonb   not null default '{}',
    add column project       text,                          -- the only one it takes guests of
    add column overcommitted boolean not null default false;
