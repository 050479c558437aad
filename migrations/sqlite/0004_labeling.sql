-- One screen of candidates handed to a worker. `submitted_at` is null while it is open.
create table assignment (
    assignment_id integer primary key,
    account_id bigint not null references account (account_id),
    project_synset_id bigint not null references project_synset (project_synset_id),
    assigned_at bigint not null,
    expires_at bigint not null,
    submitted_at bigint
);
create index assignment_account on assignment (account_id, assignment_id);
create index assignment_open on assignment (account_id, project_synset_id) where submitted_at is null;

create table assignment_candidate (
    assignment_id bigint not null references assignment (assignment_id),
    position bigint not null,
    candidate_id bigint not null references candidate (candidate_id),
    primary key (assignment_id, position)
) without rowid;

-- A hold on a candidate by a worker; it counts only until it expires, and is deleted when the answer is in.
create table lease (
    candidate_id bigint not null references candidate (candidate_id),
    account_id bigint not null references account (account_id),
    assignment_id bigint not null references assignment (assignment_id),
    expires_at bigint not null,
    primary key (candidate_id, account_id)
) without rowid;
create index lease_expiry on lease (expires_at);
create index lease_assignment on lease (assignment_id);

-- One submission of one worker, in the order of commits. The same key and body get the same answer again.
create table submission (
    submission_id integer primary key,
    account_id bigint not null references account (account_id),
    submission_key text not null,
    body_hash text not null,
    assignment_id bigint not null references assignment (assignment_id),
    recorded bigint not null,
    next_assignment_id bigint references assignment (assignment_id),
    submitted_at bigint not null,
    unique (account_id, submission_key)
);

-- Append-only: no statement of the program updates or deletes a vote.
create table vote (
    candidate_id bigint not null references candidate (candidate_id),
    account_id bigint not null references account (account_id),
    answer text not null check (answer in ('yes', 'no', 'unsure')),
    submission_id bigint not null references submission (submission_id),
    voted_at bigint not null,
    primary key (candidate_id, account_id)
) without rowid;
create index vote_submission on vote (submission_id, candidate_id);

-- A version of a synset's confidence table: the fitted model and the levels, from the votes through one submission. A null
-- threshold: no level reaches the target precision.
create table calibration (
    calibration_id integer primary key,
    project_synset_id bigint not null references project_synset (project_synset_id),
    version bigint not null,
    through_submission_id bigint not null,
    images bigint not null,
    anchored bigint not null,
    prevalence double precision not null,
    good_yes_rate double precision not null,
    good_concentration double precision not null,
    bad_yes_rate double precision not null,
    bad_concentration double precision not null,
    near_miss_share double precision not null,
    target_precision double precision not null,
    fixed_threshold double precision,
    threshold double precision,
    rejection double precision not null,
    votes_cap bigint not null,
    initial_votes bigint not null,
    difficulty bigint,
    hold_reason text,
    created_at bigint not null,
    unique (project_synset_id, version)
);
