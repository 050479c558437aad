-- What was seeded at once: by whom, as it was asked (JSON), how many synsets were asked for and how many were new. Undone, it keeps
-- how many were taken out again: those without images.
create table seeding (
    seeding_id integer primary key,
    project_id bigint not null references project (project_id),
    account_id bigint references account (account_id),
    request text not null,
    asked bigint not null,
    added bigint not null,
    seeded_at bigint not null,
    undone_by bigint references account (account_id),
    undone_at bigint,
    removed bigint
);
create index seeding_project on seeding (project_id, seeding_id);

-- Null: seeded before seedings were recorded, or by an import on the console.
alter table project_synset add column seeding_id bigint references seeding (seeding_id);
create index project_synset_seeding on project_synset (seeding_id) where seeding_id is not null;
