-- Where candidates come from: what a table or a form of an import named (a query, a language, a search engine), else the host of
-- their address. Sources may hold more or fewer good images than the sample that a table learned from.
create table source (
    source_id integer primary key,
    project_id bigint not null references project (project_id),
    name text not null,
    unique (project_id, name)
);
alter table candidate add column source_id bigint references source (source_id);
alter table job add column found_by text;
alter table import_file add column found_by text;
-- By how much each source's images are moved in a table, in log-odds: number of the source, colon, offset, with commas between.
alter table calibration add column source_offsets text not null default '';

-- Whether a project passes verdicts on, from a synset to those above and below it.
alter table project add column passes_verdicts boolean not null default false;
-- What the verdict on the same image in a related synset says: the chance that it is good, in millionths, and the candidate that was
-- judged there. Evidence, not a vote; derived, and looked through again in the background.
alter table candidate add column related bigint;
alter table candidate add column related_candidate_id bigint references candidate (candidate_id);
create index candidate_related on candidate (project_synset_id, candidate_id) where related is not null;
