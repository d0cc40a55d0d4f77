-- Nothing asks for it since guests are placed in memory.
alter table migration drop column crowd;
