-- A row that changes stays where it is, and no index is written, where no column of an index has changed and its page has room. So no index
-- has what votes change: a synset's candidates are found by their synset, and a screen of answers, which changes nearly all rows of a page
-- at once, finds half of it left for what they become.
drop index candidate_undecided;
drop index candidate_verdict;
drop index candidate_example;
create index candidate_synset on candidate (project_synset_id, candidate_id);
alter table candidate set (fillfactor = 50);
-- What is escalated is looked for in all synsets at once. For most rows this column never changes.
alter table candidate add column escalated boolean not null generated always as (verdict = 'escalated') stored;
create index candidate_escalated on candidate (project_synset_id, candidate_id) where escalated;
-- What experts labelled, in the order in which it is shown.
drop index candidate_gold;
create index candidate_gold on candidate (project_synset_id, expert, candidate_id) where expert is not null;
-- Hashes of images come in no order: in a tree, each of them would need a page of its own.
drop index candidate_image;
create index candidate_image on candidate using hash (sha256);

-- What votes point to is looked up a statement at a time: row by row it takes longer than to record them, and marks every candidate as
-- locked. That a vote is of the worker who submitted it is checked on the way.
alter table vote drop constraint vote_candidate_id_fkey, drop constraint vote_account_id_fkey, drop constraint vote_submission_id_fkey;

create function refuse_lost_votes() returns trigger language plpgsql as $$
declare
    lost record;
begin
    select * into lost from added a
    where not exists (select from candidate c where c.candidate_id = a.candidate_id)
       or not exists (select from submission s where s.submission_id = a.submission_id and s.account_id = a.account_id)
    limit 1;
    if found then
        raise foreign_key_violation using message = format(
            'a vote of account %s on candidate %s in submission %s: there is no such candidate, or no such submission of that account',
            lost.account_id, lost.candidate_id, lost.submission_id);
    end if;
    return null;
end
$$;
create trigger vote_lost after insert on vote referencing new table as added
    for each statement execute function refuse_lost_votes();

-- Nobody looks for votes when one of these goes: so none of them goes, and no vote changes.
create function refuse_change() returns trigger language plpgsql as $$
begin
    raise foreign_key_violation using message = format('rows of %s stay as they are: votes rest on them', tg_table_name);
end
$$;
create trigger candidate_stays before delete on candidate for each statement execute function refuse_change();
create trigger submission_stays before delete on submission for each statement execute function refuse_change();
create trigger vote_stays before update or delete on vote for each statement execute function refuse_change();
