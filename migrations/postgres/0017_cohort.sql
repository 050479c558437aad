-- People who signed up on the same day from the same network have the same number, which was drawn by chance: neither the network
-- nor the day can be told from it. Null: nothing is known.
alter table account add column cohort bigint;
create index account_cohort on account (cohort) where cohort is not null;
-- At most so many people of one cohort are asked about an image. Null: any number.
alter table project add column cohort_limit bigint;
