-- Work that outlives a request. A job that was running when the program stopped is taken up again at the next start.
create table job (
    job_id integer primary key,
    kind text not null check (kind in ('import')),
    state text not null check (state in ('receiving', 'queued', 'running', 'finished', 'failed', 'cancelled')),
    attempts bigint not null default 0,
    project_synset_id bigint references project_synset (project_synset_id),
    created_by bigint references account (account_id),
    source_url text,
    licence text,
    attribution text,
    creator text,
    message text,
    created_at bigint not null,
    finished_at bigint
);
create index job_open on job (state, job_id) where state in ('queued', 'running');

-- One file of an import, and what became of it. Its bytes wait in the `incoming` folder under the name in `staged`.
create table import_file (
    job_id bigint not null references job (job_id),
    position bigint not null,
    name text not null,
    staged text,
    state text not null check (state in ('waiting', 'added', 'known', 'duplicate', 'refused')),
    reason text,
    candidate_id bigint references candidate (candidate_id),
    primary key (job_id, position)
) without rowid;
