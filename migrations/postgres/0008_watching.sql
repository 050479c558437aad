-- What managers watch: what is still to be expected of each synset, the pace at which votes come in, and what a vote costs.

-- Null: nobody has said.
alter table project add column price_per_vote double precision;
alter table project add column currency text;

-- Derived: the further votes to be expected on a synset's open candidates. The other columns are what it was computed from: a
-- row that differs from its synset is computed again.
create table outlook (
    project_synset_id bigint not null primary key references project_synset (project_synset_id),
    expected_votes double precision not null,
    state text not null,
    calibration_id bigint,
    candidates bigint not null,
    positive bigint not null,
    negative bigint not null,
    escalated bigint not null,
    votes bigint not null
);

-- Derived: votes recorded in each hour, counted from the beginning of 1970 in UTC.
create table vote_hour (
    project_id bigint not null references project (project_id),
    hour bigint not null,
    project_synset_id bigint not null references project_synset (project_synset_id),
    votes bigint not null,
    primary key (project_id, hour, project_synset_id)
);
create index vote_hour_synset on vote_hour (project_synset_id, hour);
insert into vote_hour (project_id, hour, project_synset_id, votes)
select s.project_id, u.submitted_at / 3600000, s.project_synset_id, sum(u.recorded)
from submission u
join assignment a on a.assignment_id = u.assignment_id
join project_synset s on s.project_synset_id = a.project_synset_id
where u.recorded > 0
group by s.project_id, u.submitted_at / 3600000, s.project_synset_id;
