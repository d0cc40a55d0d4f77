-- Nobody hears it, and no storm explains it: it is given nothing, and members that own nothing are replaced before there is proof.
alter table host add column doubted boolean not null default false;
