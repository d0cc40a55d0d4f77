-- Nobody hears it, and no storm explains it: it is given nothing, and members that own nothing are replaced before there is proof.
alter table host add column doubted boolean not null default false;
create trigger host_doubted after update of doubted on host for each row when (old.doubted <> new.doubted)
    execute function note_host();
