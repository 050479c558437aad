-- Several servers on one database: when the one that works on a job last said so. After a while without a word another takes the job.
alter table job add column worked_at bigint;
-- How often it was begun tells attempts apart, and only grows; how often that failed begins anew when somebody queues the job again.
alter table job add column failures bigint not null default 0;
