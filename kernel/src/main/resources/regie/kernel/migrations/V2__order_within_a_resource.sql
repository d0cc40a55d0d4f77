-- Where the newest change of a resource stands in the log: with its transaction, or, where that one began before the transaction of
-- the change before, with that one's. Else whoever follows a resource through the log would see its changes in another order than
-- they were made, and end with an old state.
alter table resource add column logged xid8 not null default '0';
alter table resource alter column logged set default pg_current_xact_id();
