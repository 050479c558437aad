-- Votes are never changed: what changes is said by further facts, each append-only, the newest of a kind counting.

-- A worker's second thought about a page, in a submission of its own. `none` takes a vote back, because the picture was reported.
create table correction (
    candidate_id bigint not null references candidate (candidate_id),
    account_id bigint not null references account (account_id),
    submission_id bigint not null references submission (submission_id),
    answer text not null check (answer in ('yes', 'no', 'unsure', 'none')),
    corrected_at bigint not null,
    primary key (candidate_id, account_id, submission_id)
) without rowid;

-- A picture that a worker could not see, or that nobody should have to. Such a tile gets no vote. `none` takes the report back.
create table report (
    candidate_id bigint not null references candidate (candidate_id),
    account_id bigint not null references account (account_id),
    submission_id bigint not null references submission (submission_id),
    kind text not null check (kind in ('broken', 'offensive', 'none')),
    reported_at bigint not null,
    primary key (candidate_id, account_id, submission_id)
) without rowid;
create index report_account on report (account_id, candidate_id);

-- An expert's word on a candidate, which overrides every table and makes the image gold. `open` takes it back.
create table expert_label (
    expert_label_id integer primary key,
    candidate_id bigint not null references candidate (candidate_id),
    account_id bigint not null references account (account_id),
    answer text not null check (answer in ('yes', 'no', 'open')),
    labelled_at bigint not null
);
create index expert_label_candidate on expert_label (candidate_id, expert_label_id);
create index expert_label_account on expert_label (account_id, expert_label_id);

-- Whether a worker's answers in a project count. The reason is for the worker to read.
create table exclusion (
    exclusion_id integer primary key,
    project_id bigint not null references project (project_id),
    account_id bigint not null references account (account_id),
    excluded boolean not null,
    reason text not null,
    decided_by bigint references account (account_id),
    decided_at bigint not null
);
create index exclusion_account on exclusion (project_id, account_id, exclusion_id);

-- Derived like the tally: the newest expert's word (true: it shows the synset), and how many people report the picture.
alter table candidate add column expert boolean;
alter table candidate add column reports bigint not null default 0;
create index candidate_gold on candidate (project_synset_id, expert) where expert is not null;

-- A table follows from the votes through a submission, the exclusions through one, and the expert labels through one.
alter table calibration add column through_exclusion_id bigint not null default 0;
alter table calibration add column through_expert_label_id bigint not null default 0;

-- Tiles in a batch on a phone.
alter table project add column batch_size_phone bigint not null default 24;
alter table project_synset add column batch_size_phone bigint;

