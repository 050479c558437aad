-- A project's workers are listed from the pages that they answered: by synset, not by account.
create index assignment_submitted on assignment (project_synset_id, account_id) where submitted_at is not null;
create index submission_assignment on submission (assignment_id);
