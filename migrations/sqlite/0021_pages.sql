-- A vote writes as few pages as it can: no index has what votes change, but for what is escalated. In these two, every image that was settled
-- left one page for another, which was nearly half of all pages that votes wrote. A synset's candidates lie together, and are found by it.
drop index candidate_verdict;
drop index candidate_example;
create index candidate_synset on candidate (project_synset_id, candidate_id);
