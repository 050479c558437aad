-- Who decides in a project: full, table, majority:N or fixed:N:K. Projects that were made before go on as they were.
alter table project add column method text not null default 'table';

-- What a worker's votes counted for when they were cast, in millionths; what that takes away from the tally of a candidate is
-- derived, like the tally.
alter table vote add column weight_yes bigint not null default 1000000;
alter table vote add column weight_no bigint not null default 1000000;
alter table candidate add column discount_yes bigint not null default 0;
alter table candidate add column discount_no bigint not null default 0;
-- The table that was in force when a submission came.
alter table submission add column calibration_id bigint;

-- What a project's initial samples teach together, of all its synsets (no wnid) and of those under an ancestor: a snapshot.
create table prior (
    prior_id integer primary key,
    project_id bigint not null references project (project_id),
    wnid text references synset (wnid),
    synsets bigint not null,
    images bigint not null,
    prevalence double precision not null,
    good_yes_rate double precision not null,
    good_concentration double precision not null,
    bad_yes_rate double precision not null,
    bad_concentration double precision not null,
    near_miss_share double precision not null,
    created_at bigint not null
);
create index prior_project on prior (project_id, prior_id);

-- The level that a synset's next table leans on, and whose yes rates a worker is compared with before there is one.
alter table project_synset add column prior_id bigint references prior (prior_id);

-- Whether a worker's votes teach tables: a decision of the program, added and never changed, the newest counting.
create table trust (
    trust_id integer primary key,
    project_id bigint not null references project (project_id),
    account_id bigint not null references account (account_id),
    trusted boolean not null,
    decided_at bigint not null
);
create index trust_account on trust (project_id, account_id, trust_id);

alter table calibration add column method text not null default 'table';
alter table calibration add column prior_id bigint references prior (prior_id);
alter table calibration add column through_trust_id bigint not null default 0;

-- A worker's errors in a project, made and to be expected: derived from votes and tables, and computed again now and then.
create table skill (
    project_id bigint not null references project (project_id),
    account_id bigint not null references account (account_id),
    misses double precision not null,
    expected_misses double precision not null,
    false_alarms double precision not null,
    expected_false_alarms double precision not null,
    primary key (project_id, account_id)
) without rowid;

-- What the levels and skills of a project were learned from.
create table learning (
    project_id bigint not null primary key references project (project_id),
    votes bigint not null,
    calibrated bigint not null,
    pooled bigint not null,
    learned_at bigint not null
) without rowid;
