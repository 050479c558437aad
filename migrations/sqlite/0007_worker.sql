-- What a worker meets before the first batch: a project's terms, a synset's definition, a page of known answers.

-- Every wording of a project's terms; the newest is in force. An empty text asks for no consent.
create table terms (
    project_id bigint not null references project (project_id),
    version bigint not null,
    text text not null,
    written_by bigint references account (account_id),
    written_at bigint not null,
    primary key (project_id, version)
) without rowid;

create table consent (
    account_id bigint not null references account (account_id),
    project_id bigint not null,
    version bigint not null,
    consented_at bigint not null,
    primary key (account_id, project_id, version),
    foreign key (project_id, version) references terms (project_id, version)
) without rowid;

-- How far a worker has come with a synset: wrong answers to the definition question and what the last of them took it for,
-- when it was answered rightly, how many pages of known answers were answered, when the first batch was given.
create table qualification (
    account_id bigint not null references account (account_id),
    project_synset_id bigint not null references project_synset (project_synset_id),
    tries bigint not null default 0,
    mistaken_for text references synset (wnid),
    passed_at bigint,
    practice_rounds bigint not null default 0,
    practised_at bigint,
    admitted_at bigint,
    primary key (account_id, project_synset_id)
) without rowid;

-- Answers to known pictures. They are no votes. What was known then is kept: an expert may say otherwise later.
create table practice_answer (
    account_id bigint not null references account (account_id),
    project_synset_id bigint not null references project_synset (project_synset_id),
    round bigint not null,
    position bigint not null,
    candidate_id bigint not null references candidate (candidate_id),
    known boolean not null,
    answered boolean not null,
    answered_at bigint not null,
    primary key (account_id, project_synset_id, round, position)
) without rowid;

alter table project add column definition_questions boolean not null default true;

-- Whoever has had a batch of a synset goes on without a question.
insert into qualification (account_id, project_synset_id, admitted_at)
    select account_id, project_synset_id, min(assigned_at) from assignment group by account_id, project_synset_id;

-- Examples beside a batch, surest first.
create index candidate_example on candidate (project_synset_id, verdict, confidence, candidate_id)
    where verdict in ('positive', 'negative') and expert is null and duplicate_of is null;
