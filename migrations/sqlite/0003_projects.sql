create table project (
    project_id integer primary key,
    name text not null unique,
    target_precision double precision not null,
    threshold double precision,
    rejection double precision not null,
    initial_sample bigint not null,
    initial_votes bigint not null,
    votes_cap bigint not null,
    batch_size bigint not null,
    duplicate_distance bigint not null,
    created_at bigint not null
);

-- A synset seeded into a project. A null setting means: as the project has it. The counters are derived from candidate and
-- vote, kept in the same transaction, and rebuilt for comparison by `synvote verify`.
create table project_synset (
    project_synset_id integer primary key,
    project_id bigint not null references project (project_id),
    wnid text not null references synset (wnid),
    target_precision double precision,
    threshold double precision,
    rejection double precision,
    initial_sample bigint,
    initial_votes bigint,
    votes_cap bigint,
    batch_size bigint,
    duplicate_distance bigint,
    paused boolean not null default false,
    state text not null default 'waiting' check (state in ('waiting', 'calibrating', 'labelling', 'hold', 'done')),
    hold_reason text,
    sample_seed bigint,
    calibration_id bigint,
    difficulty bigint,
    candidates bigint not null default 0,
    duplicates bigint not null default 0,
    positive bigint not null default 0,
    negative bigint not null default 0,
    escalated bigint not null default 0,
    votes bigint not null default 0,
    seeded_at bigint not null,
    unique (project_id, wnid)
);
create index project_synset_wnid on project_synset (wnid);

create table image (
    sha256 text primary key,
    width bigint not null,
    height bigint not null,
    bytes bigint not null,
    format text not null,
    phash bigint not null,
    phash_version bigint not null,
    created_at bigint not null
) without rowid;

-- A candidate is an image proposed for a synset of a project. `serving_rank` is a seeded random order. The tally counts votes;
-- verdict, reason, confidence and calibration_id say how it was last judged.
create table candidate (
    candidate_id integer primary key,
    project_synset_id bigint not null references project_synset (project_synset_id),
    sha256 text not null references image (sha256),
    serving_rank bigint not null,
    in_initial_sample boolean not null default false,
    duplicate_of bigint references candidate (candidate_id),
    duplicate_distance bigint,
    yes bigint not null default 0,
    no bigint not null default 0,
    unsure bigint not null default 0,
    verdict text not null default 'undecided' check (verdict in ('undecided', 'positive', 'negative', 'escalated')),
    reason text,
    confidence double precision,
    calibration_id bigint,
    settled_at bigint,
    file_name text not null,
    source_url text,
    licence text,
    attribution text,
    creator text,
    created_at bigint not null,
    unique (project_synset_id, sha256)
);
create index candidate_open on candidate (project_synset_id, serving_rank) where verdict = 'undecided' and duplicate_of is null;
create index candidate_sample on candidate (project_synset_id, candidate_id) where in_initial_sample;
create index candidate_verdict on candidate (project_synset_id, verdict, candidate_id);
create index candidate_image on candidate (sha256);
