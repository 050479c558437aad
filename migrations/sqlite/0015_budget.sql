-- From so many recorded votes on, nobody in the project is asked any more. Null: as long as something is open.
alter table project add column budget_votes bigint;
