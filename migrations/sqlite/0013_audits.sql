-- Audits: an expert looked at a settled candidate without knowing its verdict. What was said is an expert label like any other;
-- here stands what the votes had made of the candidate until then.
create table audit (
    expert_label_id bigint not null primary key references expert_label (expert_label_id),
    candidate_id bigint not null references candidate (candidate_id),
    verdict text not null check (verdict in ('positive', 'negative'))
) without rowid;
create index audit_candidate on audit (candidate_id, expert_label_id);

-- What the audits of accepted candidates meant for a table: added to its log-odds, and of how many it follows.
alter table calibration add column audit_shift double precision not null default 0;
alter table calibration add column audited_good bigint not null default 0;
alter table calibration add column audited_bad bigint not null default 0;
