-- The NUMA nodes that a move was planned for, such as '0' or '0,1'; empty for whichever suit when its turn comes.
alter table move add column nodes text not null default '';
