//! The figures of the people who vote.

use domain::consensus::{Answer, Skill, Verdict, VoteWeights};
use domain::quality::{Compared, Confusion};
use store::Tx;
use store::labeling::ParticipantRow;
use store::people::{WorkerOrder, WorkerQuery};

use super::bench::Bench;
use super::ground::{Ground, NOW, answer, assign, ground, populate, settings, vote};

cases! {
    what_is_known_of_participants_is_read_for_many_at_once,
    workers_are_listed_with_votes_pages_and_the_median_time_for_a_picture,
    the_table_of_workers_sorts_searches_and_pages_through_everybody_once,
    figures_compare_answers_with_gold_with_settled_images_and_with_others,
    an_excluded_workers_own_vote_is_not_taken_from_a_tally_that_lacks_it,
    corrections_count_and_what_was_taken_back_does_not,
    newest_votes_and_gold_mistakes_come_with_what_others_said,
    answers_stand_beside_others_as_the_rules_count_them,
    disputed_images_of_the_newest_pages_come_with_everybodys_yes_and_no,
}

async fn what_is_known_of_participants_is_read_for_many_at_once(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let (ann, bob, project) = (ground.ann, ground.bob, ground.project);
    let mut tx = bench.store.begin().await.unwrap();
    let other = tx.insert_project("other", &settings(), NOW).await.unwrap();
    let known = async |tx: &mut Tx| {
        let asked = [(ann, project), (bob, project), (ann, other), (812, project), (bob, 812)];
        let mut rows = tx.participants(&asked).await.unwrap();
        rows.sort_by_key(|row| (row.project_id, row.account_id));
        let told = |row: &ParticipantRow| (row.stopped.clone(), row.consented, row.cohort, row.skill());
        let whose: Vec<_> = rows.iter().map(|row| (row.account_id, row.project_id)).collect();
        assert_eq!(whose, [(ann, project), (bob, project), (ann, other)]);
        rows.iter().map(told).collect::<Vec<_>>()
    };
    let nothing = || (None, None, None, None);
    assert_eq!(known(&mut tx).await, [nothing(), nothing(), nothing()]);
    assert_eq!(tx.participants(&[]).await.unwrap(), []);
    for version in [1, 3, 2] {
        tx.insert_terms(project, version, "Be kind.", None, NOW).await.unwrap();
    }
    for version in [3, 1] {
        tx.insert_consent(ann, project, version, NOW).await.unwrap();
    }
    tx.set_cohort(bob, 77).await.unwrap();
    let skill =
        Skill { misses: 1.0, expected_misses: 0.1 + 0.2, false_alarms: 2.0, expected_false_alarms: 0.5 };
    tx.save_skills(project, &[(bob, skill)]).await.unwrap();
    tx.save_skills(other, &[(ann, skill)]).await.unwrap();
    for (excluded, reason) in [(true, "too fast"), (false, "a mistake"), (true, "asleep")] {
        tx.insert_exclusion(project, ann, excluded, reason, bob, NOW).await.unwrap();
    }
    tx.insert_exclusion(other, bob, true, "elsewhere", ann, NOW).await.unwrap();
    let hers = (Some("asleep".to_owned()), Some(3), None, None);
    let his = (None, None, Some(77), Some(skill));
    let elsewhere = (None, None, None, Some(skill));
    assert_eq!(known(&mut tx).await, [hers, his.clone(), elsewhere], "each project by itself");
    tx.insert_exclusion(project, ann, false, "sorry", bob, NOW).await.unwrap();
    assert_eq!(known(&mut tx).await[..2], [(None, Some(3), None, None), his], "the newest decision counts");
    let in_it = tx.participants(&[(ann, project)]).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(bench.store.participant(ann, project).await.unwrap().as_ref(), in_it.first());
    assert_eq!(bench.store.participant(812, project).await.unwrap(), None);
}

fn all(order: WorkerOrder, descending: bool) -> WorkerQuery<'static> {
    WorkerQuery { order, descending, limit: 100, ..WorkerQuery::default() }
}

/// Hands out a page of so many candidates and takes it back after some milliseconds.
async fn page(bench: &Bench, ground: &Ground, account: i64, key: &str, ids: &[i64], from: i64, to: i64) {
    let votes: Vec<(i64, Answer)> = ids.iter().map(|id| (*id, Answer::Yes)).collect();
    let mut tx = bench.store.begin().await.unwrap();
    let assignment = assign(&mut tx, account, ground.dog, from, from + 99, ids).await;
    answer(&mut tx, account, assignment, key, &votes, VoteWeights::FULL, to).await;
    tx.commit().await.unwrap();
}

async fn workers_are_listed_with_votes_pages_and_the_median_time_for_a_picture(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let ids = populate(&bench.store, ground.dog, 10).await;
    // 500 ms a picture; then 1,000, handed out ahead of time; then 9,000.
    page(bench, &ground, ground.ann, "1", &ids[0..2], NOW, NOW + 1_000).await;
    page(bench, &ground, ground.ann, "2", &ids[2..4], NOW + 500, NOW + 3_000).await;
    page(bench, &ground, ground.ann, "3", &ids[4..6], NOW + 3_000, NOW + 21_000).await;
    page(bench, &ground, ground.bob, "1", &ids[0..4], NOW, NOW + 2_000).await;
    page(bench, &ground, ground.bob, "2", &ids[4..8], NOW + 2_000, NOW + 8_000).await;
    let rows = bench.store.workers(ground.project, all(WorkerOrder::Name, false)).await.unwrap();
    let seen: Vec<_> = rows
        .iter()
        .map(|row| (row.name.as_str(), row.votes, row.pages, row.pace, row.seen_at - NOW, row.total))
        .collect();
    assert_eq!(seen, [("ann", 6, 3, 1_000, 21_000, 2), ("bob", 8, 2, 1_000, 8_000, 2)]);
    let alone = WorkerQuery { account_id: Some(ground.bob), ..all(WorkerOrder::Name, false) };
    let rows = bench.store.workers(ground.project, alone).await.unwrap();
    assert_eq!(rows.iter().map(|row| row.account_id).collect::<Vec<_>>(), [ground.bob]);
    assert_eq!(bench.store.workers(ground.project + 1, alone).await.unwrap(), []);
}

async fn the_table_of_workers_sorts_searches_and_pages_through_everybody_once(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let ids = populate(&bench.store, ground.dog, 4).await;
    let mut accounts = vec![ground.ann, ground.bob];
    let mut tx = bench.store.begin().await.unwrap();
    for name in ["a_c", "abc", "zed", "a%c", "mid"] {
        accounts.push(tx.insert_account(name, domain::roles::Role::Worker, "hash", NOW).await.unwrap());
    }
    tx.commit().await.unwrap();
    for (place, account) in accounts.iter().enumerate() {
        let (count, took) = (1 + place % 3, 1_000 * (1 + place as i64 % 2));
        page(bench, &ground, *account, "1", &ids[..count], NOW, NOW + took * count as i64).await;
    }
    for order in [WorkerOrder::Name, WorkerOrder::Votes, WorkerOrder::Pace, WorkerOrder::Seen] {
        for descending in [false, true] {
            let (mut after, mut found) = (None, Vec::new());
            loop {
                let query = WorkerQuery { after, limit: 2, ..all(order, descending) };
                let rows = bench.store.workers(ground.project, query).await.unwrap();
                let Some(last) = rows.last() else { break };
                after = Some(last.account_id);
                found.extend(rows);
            }
            let mut everybody: Vec<i64> = found.iter().map(|row| row.account_id).collect();
            everybody.sort_unstable();
            assert_eq!(everybody, accounts, "{order:?} {descending}");
            let whole = bench.store.workers(ground.project, all(order, descending)).await.unwrap();
            assert_eq!(found, whole, "{order:?} {descending}");
            let sorted = whole.windows(2).all(|pair| {
                let (one, other) = (&pair[0], &pair[1]);
                let by = match order {
                    WorkerOrder::Name => one.name.as_bytes().cmp(other.name.as_bytes()),
                    WorkerOrder::Votes => one.votes.cmp(&other.votes),
                    WorkerOrder::Pace => one.pace.cmp(&other.pace),
                    WorkerOrder::Seen => one.seen_at.cmp(&other.seen_at),
                };
                if descending { by.is_ge() } else { by.is_le() }
            });
            assert!(sorted, "{order:?} {descending}: {whole:?}");
        }
    }
    for (search, names) in [("A_C", ["a_c"].as_slice()), ("%", &["a%c"]), ("b", &["abc", "bob"]), ("!", &[])]
    {
        let query = WorkerQuery { search, ..all(WorkerOrder::Name, false) };
        let rows = bench.store.workers(ground.project, query).await.unwrap();
        assert_eq!(rows.iter().map(|row| row.name.as_str()).collect::<Vec<_>>(), names, "{search}");
    }
}

/// Six images: 0 gold and good, 1 gold and bad, 2 settled positive, 3 settled negative, 4 open with a majority, 5 a tie.
async fn six(bench: &Bench) -> (Ground, Vec<i64>) {
    let ground = ground(&bench.store).await;
    let ids = populate(&bench.store, ground.dog, 6).await;
    let mut tx = bench.store.begin().await.unwrap();
    let mut others = vec![ground.bob];
    for name in ["cid", "dee"] {
        others.push(tx.insert_account(name, domain::roles::Role::Worker, "hash", NOW).await.unwrap());
    }
    use Answer::{No, Unsure, Yes};
    let says = [[Yes, Yes], [Yes, No], [Yes, Yes], [No, No], [Yes, Yes], [Yes, No]];
    for place in 0..2 {
        let votes: Vec<_> = ids.iter().zip(says).map(|(id, said)| (*id, said[place])).collect();
        vote(&mut tx, others[place], ground.dog, "k", &votes).await;
    }
    let mine = [Yes, Yes, Yes, Yes, No, Unsure];
    let votes: Vec<_> = ids.iter().copied().zip(mine).collect();
    vote(&mut tx, ground.ann, ground.dog, "k", &votes).await;
    tx.commit().await.unwrap();
    let set = |id: i64, what: &str| format!("update candidate set {what} where candidate_id = {id}");
    bench.execute(&set(ids[0], "expert = true, verdict = 'positive'")).await;
    bench.execute(&set(ids[1], "expert = false, verdict = 'negative'")).await;
    bench.execute(&set(ids[2], "verdict = 'positive'")).await;
    bench.execute(&set(ids[3], "verdict = 'negative'")).await;
    (ground, ids)
}

async fn figures_compare_answers_with_gold_with_settled_images_and_with_others(bench: &Bench) {
    let (ground, _) = six(bench).await;
    let rows = bench.store.worker_figures(ground.project, &[ground.ann, ground.bob, 999]).await.unwrap();
    assert_eq!(rows.iter().map(|row| row.account_id).collect::<Vec<_>>(), [ground.ann, ground.bob]);
    let ann = rows[0];
    assert_eq!(ann.answers, (4, 1, 1));
    assert_eq!(ann.gold, Confusion { yes_on_good: 1, good: 1, no_on_bad: 0, bad: 1 });
    assert_eq!(ann.settled, Confusion { yes_on_good: 1, good: 1, no_on_bad: 0, bad: 1 });
    // On 0, 2 and 4 the others say yes, on 3 no; on 1 and 5 they are a tie.
    assert_eq!(ann.majority, Confusion { yes_on_good: 2, good: 3, no_on_bad: 0, bad: 1 });
    let by_synset = bench.store.worker_figures_by_synset(ground.project, ground.ann).await.unwrap();
    assert_eq!(by_synset.len(), 1);
    assert_eq!((by_synset[0].project_synset_id, by_synset[0].answers), (ground.dog, ann.answers));
    assert_eq!(bench.store.worker_figures(ground.project + 1, &[ground.ann]).await.unwrap(), []);
}

async fn an_excluded_workers_own_vote_is_not_taken_from_a_tally_that_lacks_it(bench: &Bench) {
    let (ground, ids) = six(bench).await;
    let before = bench.store.worker_figures(ground.project, &[ground.ann]).await.unwrap();
    bench
        .execute(&format!(
            "insert into exclusion (project_id, account_id, excluded, reason, decided_by, decided_at)
             values ({}, {}, true, 'why', {}, {NOW})",
            ground.project, ground.ann, ground.bob
        ))
        .await;
    for (place, column) in ["yes", "yes", "yes", "yes", "no", "unsure"].iter().enumerate() {
        let id = ids[place];
        bench
            .execute(&format!("update candidate set {column} = {column} - 1 where candidate_id = {id}"))
            .await;
    }
    assert_eq!(bench.store.worker_figures(ground.project, &[ground.ann]).await.unwrap(), before);
    let rows = bench.store.workers(ground.project, all(WorkerOrder::Name, false)).await.unwrap();
    let excluded: Vec<_> = rows.iter().map(|row| (row.name.as_str(), row.excluded)).collect();
    assert_eq!(excluded, [("ann", true), ("bob", false), ("cid", false)]);
}

async fn corrections_count_and_what_was_taken_back_does_not(bench: &Bench) {
    let (ground, ids) = six(bench).await;
    let correct = |id: i64, submission: i64, answer: &str| {
        format!(
            "insert into correction (candidate_id, account_id, submission_id, answer, corrected_at)
             values ({id}, {}, {submission}, '{answer}', {NOW})",
            ground.ann
        )
    };
    bench.execute(&correct(ids[0], 1, "unsure")).await;
    bench.execute(&correct(ids[0], 2, "no")).await;
    bench.execute(&correct(ids[2], 1, "none")).await;
    let rows = bench.store.worker_figures(ground.project, &[ground.ann]).await.unwrap();
    assert_eq!(rows[0].answers, (2, 2, 1));
    assert_eq!(rows[0].gold, Confusion { yes_on_good: 0, good: 1, no_on_bad: 0, bad: 1 });
    assert_eq!(rows[0].settled.good, 0);
    let newest = bench.store.newest_votes(ground.project, ground.ann, 9).await.unwrap();
    let said: Vec<_> = newest.iter().map(|row| (row.candidate_id, row.answer)).collect();
    assert_eq!(said[0], (ids[0], Answer::No));
    assert!(said.iter().all(|(candidate, _)| *candidate != ids[2]), "{said:?}");
}

async fn newest_votes_and_gold_mistakes_come_with_what_others_said(bench: &Bench) {
    let (ground, ids) = six(bench).await;
    let newest = bench.store.newest_votes(ground.project, ground.ann, 4).await.unwrap();
    let seen: Vec<_> = newest
        .iter()
        .map(|row| {
            (row.candidate_id, row.answer, (row.others_yes, row.others_no, row.others_unsure), row.verdict)
        })
        .collect();
    assert_eq!(
        seen,
        [
            (ids[0], Answer::Yes, (2, 0, 0), Verdict::Positive),
            (ids[1], Answer::Yes, (1, 1, 0), Verdict::Negative),
            (ids[2], Answer::Yes, (2, 0, 0), Verdict::Positive),
            (ids[3], Answer::Yes, (0, 2, 0), Verdict::Negative),
        ]
    );
    let mistakes = bench.store.gold_mistakes(ground.project, ground.ann, 9).await.unwrap();
    assert_eq!(mistakes.len(), 1);
    assert_eq!((mistakes[0].candidate_id, mistakes[0].expert), (ids[1], Some(false)));
}

async fn answers_stand_beside_others_as_the_rules_count_them(bench: &Bench) {
    let (ground, ids) = six(bench).await;
    // Two more people say yes to all, so that everybody has at least two others on each image.
    let mut tx = bench.store.begin().await.unwrap();
    for name in ["eve", "fay"] {
        let id = tx.insert_account(name, domain::roles::Role::Worker, "hash", NOW).await.unwrap();
        let votes: Vec<_> = ids.iter().map(|id| (*id, Answer::Yes)).collect();
        vote(&mut tx, id, ground.dog, "k", &votes).await;
    }
    tx.commit().await.unwrap();
    let tallies = [(5, 0), (4, 1), (5, 0), (3, 2), (4, 1), (3, 1)];
    let experts = [Some(true), Some(false), None, None, None, None];
    let counted = |said: [Option<bool>; 6]| {
        said.into_iter().enumerate().fold(Compared::default(), |compared, (at, yes)| match yes {
            Some(yes) => compared.with(yes, tallies[at], experts[at]),
            None => compared,
        })
    };
    let rows = bench.store.worker_figures(ground.project, &[ground.ann, ground.bob]).await.unwrap();
    let ann = [Some(true), Some(true), Some(true), Some(true), Some(false), None];
    let bob = [Some(true), Some(true), Some(true), Some(false), Some(true), Some(true)];
    assert_eq!([rows[0].compared, rows[1].compared], [counted(ann), counted(bob)]);
    assert_eq!(rows[0].compared.own, Confusion { yes_on_good: 2, good: 3, no_on_bad: 0, bad: 1 });
}

async fn disputed_images_of_the_newest_pages_come_with_everybodys_yes_and_no(bench: &Bench) {
    let (ground, ids) = six(bench).await;
    let (store, project) = (&bench.store, ground.project);
    let rows = store.disputed_votes(project, &[ground.ann], 9).await.unwrap();
    let mut found: Vec<i64> = rows.iter().map(|row| row.candidate_id).collect();
    found.dedup();
    // All agree on 0 and 2, and the expert with them on 0; on 1 the expert disagrees too.
    assert_eq!(found, [ids[1], ids[3], ids[4], ids[5]]);
    let said = |at: usize| -> Vec<(i64, Answer, Option<bool>)> {
        let of = rows.iter().filter(|row| row.candidate_id == ids[at]);
        of.map(|row| (row.account_id, row.answer, row.expert)).collect()
    };
    use Answer::{No, Yes};
    assert_eq!(said(1).iter().map(|vote| vote.1).collect::<Vec<_>>(), [Yes, Yes, No]);
    assert_eq!((said(1)[0].0, said(1)[0].2), (ground.ann, Some(false)));
    assert_eq!(said(5).len(), 2, "who can't tell says neither");
    let correct = format!(
        "insert into correction (candidate_id, account_id, submission_id, answer, corrected_at)
         values ({}, {}, 1, 'none', {NOW})",
        ids[4], ground.ann
    );
    bench.execute(&correct).await;
    let rows = store.disputed_votes(project, &[ground.ann], 9).await.unwrap();
    assert!(rows.iter().all(|row| (row.candidate_id, row.account_id) != (ids[4], ground.ann)));
    assert_eq!(store.disputed_votes(project, &[ground.ann], 0).await.unwrap(), [], "of no page");
    assert_eq!(store.disputed_votes(project + 1, &[ground.ann], 9).await.unwrap(), []);
    assert_eq!(store.disputed_votes(project, &[999], 9).await.unwrap(), []);
    assert_eq!(
        (store.worker_count(project).await.unwrap(), store.worker_count(project + 1).await.unwrap()),
        (3, 0)
    );
}
