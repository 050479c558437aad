-- An import belongs to a project. Files go to its synset unless a table among them names another; without one, every file must
-- be named by a table. What was received counts against the limits; the time of the last file tells whether it goes on.
alter table job add column project_id bigint references project (project_id);
update job set project_id =
    (select p.project_id from project_synset p where p.project_synset_id = job.project_synset_id);
alter table job add column received_at bigint;
alter table job add column received_files bigint not null default 0;
alter table job add column received_bytes bigint not null default 0;
create index job_project on job (project_id, job_id);

-- A file of an import says by itself what it is proposed for and where it comes from, if a table named it. Name, bytes and the
-- time of its last change tell whether a file that is sent again is here already. A table of provenance is `read`.
create table import_file_0012 (
    job_id bigint not null references job (job_id),
    position bigint not null,
    name text not null,
    staged text,
    state text not null check (state in ('waiting', 'added', 'known', 'duplicate', 'refused', 'read')),
    reason text,
    candidate_id bigint references candidate (candidate_id),
    project_synset_id bigint references project_synset (project_synset_id),
    bytes bigint,
    modified_at bigint,
    source_url text,
    licence text,
    attribution text,
    creator text,
    primary key (job_id, position)
) without rowid;
insert into import_file_0012 (job_id, position, name, staged, state, reason, candidate_id)
    select job_id, position, name, staged, state, reason, candidate_id from import_file;
drop table import_file;
alter table import_file_0012 rename to import_file;
create index import_file_state on import_file (job_id, state, position);
create index import_file_name on import_file (job_id, name);
create index import_file_synset on import_file (project_synset_id) where project_synset_id is not null;

-- What people said about two candidates of a synset: they show the same picture, and one of them stays; or, with null, they do
-- not. Append-only: the last row about a pair counts.
create table duplicate_review (
    duplicate_review_id integer primary key,
    project_synset_id bigint not null references project_synset (project_synset_id),
    one_candidate_id bigint not null references candidate (candidate_id),
    other_candidate_id bigint not null references candidate (candidate_id),
    kept_candidate_id bigint references candidate (candidate_id),
    account_id bigint references account (account_id),
    reviewed_at bigint not null,
    check (one_candidate_id < other_candidate_id)
);
create index duplicate_review_pair on duplicate_review (one_candidate_id, other_candidate_id, duplicate_review_id);
create index duplicate_review_synset on duplicate_review (project_synset_id, duplicate_review_id);
create index candidate_duplicate on candidate (project_synset_id, candidate_id) where duplicate_of is not null;
