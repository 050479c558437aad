-- What is on a screen stands with the assignment, as a JSON array of candidates in the order of the screen. An assignment holds them
-- for its worker until it is submitted or has expired: there is no other record of holds.
alter table assignment add column candidates text not null default '[]';
alter table assignment add column tiles bigint not null default 0;
update assignment a set
    candidates = (select coalesce('[' || string_agg(t.candidate_id::text, ',' order by t.position) || ']', '[]')
                  from assignment_candidate t where t.assignment_id = a.assignment_id),
    tiles = (select count(*) from assignment_candidate t where t.assignment_id = a.assignment_id);
-- What was let go of, because its worker was excluded, stays so.
update assignment set expires_at = assigned_at
where submitted_at is null and not exists (select 1 from lease l where l.assignment_id = assignment.assignment_id);
drop table lease;
drop table assignment_candidate;
create index assignment_held on assignment (project_synset_id, expires_at) where submitted_at is null;

-- Grows whenever a synset's candidates, votes or holds change: what a server remembers of them is true for this number alone.
alter table project_synset add column revision bigint not null default 0;
-- Higher ones are served first.
alter table project_synset add column priority bigint not null default 0;

-- Images are served in blocks of ids that lie together, so that what a page of answers changes lies together too.
drop index candidate_open;
create index candidate_undecided on candidate (project_synset_id, candidate_id)
    where verdict = 'undecided' and duplicate_of is null;
