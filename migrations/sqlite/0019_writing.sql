-- `candidate_verdict` finds undecided candidates in the same order: one index less to write when an image is settled.
drop index candidate_undecided;
-- What is escalated is looked for in all synsets at once.
alter table candidate add column escalated boolean not null generated always as (verdict = 'escalated') virtual;
create index candidate_escalated on candidate (project_synset_id, candidate_id) where escalated;
-- What experts labelled, in the order in which it is shown.
drop index candidate_gold;
create index candidate_gold on candidate (project_synset_id, expert, candidate_id) where expert is not null;
