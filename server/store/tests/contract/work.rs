//! A worker's own side: terms, qualification, practice, examples, and what came of the work.

use domain::consensus::{Answer, Verdict};
use store::StoreError;
use store::candidates::JudgementRow;
use store::work::{PageDayRow, ProjectWorkRow, QualificationRow, VoteDayRow};

use super::bench::Bench;
use super::ground::{NOW, assign, ground, populate, vote, wnid};

cases! {
    a_new_wording_of_the_terms_asks_again,
    definition_questions_are_asked_until_they_are_switched_off,
    a_mistake_is_counted_and_the_first_pass_stays,
    practice_is_kept_and_its_pictures_are_not_practised_again,
    known_pictures_are_those_of_an_expert_alone,
    known_pictures_beyond_the_examples_are_mixed_in,
    what_was_practised_is_known_for_each_worker,
    examples_are_an_experts_first_then_the_surest,
    a_page_takes_from_the_one_before_and_no_longer_than_the_cap,
    a_record_counts_the_newest_answer_against_experts_and_verdicts,
    the_newest_decision_says_whether_a_worker_is_stopped,
    a_page_waits_until_it_is_answered_or_expires,
}

async fn a_new_wording_of_the_terms_asks_again(bench: &Bench) {
    let ground = ground(&bench.store).await;
    assert_eq!(bench.store.terms(ground.project).await.unwrap(), None);
    let mut tx = bench.store.begin().await.unwrap();
    tx.insert_terms(ground.project, 1, "Be kind.", Some(ground.bob), NOW).await.unwrap();
    tx.insert_consent(ground.ann, ground.project, 1, NOW).await.unwrap();
    tx.insert_consent(ground.ann, ground.project, 1, NOW + 9).await.unwrap();
    tx.insert_terms(ground.project, 2, "Be kind.\nAnd quick.", None, NOW + 1).await.unwrap();
    tx.commit().await.unwrap();
    let terms = bench.store.terms(ground.project).await.unwrap().unwrap();
    assert_eq!((terms.version, terms.text.as_str(), terms.written_at), (2, "Be kind.\nAnd quick.", NOW + 1));
    assert_eq!(bench.store.consented_version(ground.ann, ground.project).await.unwrap(), Some(1));
    assert_eq!(bench.store.consented_version(ground.bob, ground.project).await.unwrap(), None);
    assert_eq!(bench.store.consents(ground.project, 1).await.unwrap(), 1);
    assert_eq!(bench.store.consents(ground.project, 2).await.unwrap(), 0);
    let mut tx = bench.store.begin().await.unwrap();
    let again = tx.insert_terms(ground.project, 2, "Other", None, NOW).await;
    assert!(matches!(again, Err(StoreError::Conflict(_))), "{again:?}");
}

async fn definition_questions_are_asked_until_they_are_switched_off(bench: &Bench) {
    let ground = ground(&bench.store).await;
    assert_eq!(bench.store.definition_questions(ground.project).await.unwrap(), Some(true));
    let mut tx = bench.store.begin().await.unwrap();
    tx.set_definition_questions(ground.project, false).await.unwrap();
    assert!(matches!(tx.set_definition_questions(812, true).await, Err(StoreError::NotFound(_))));
    tx.commit().await.unwrap();
    assert_eq!(bench.store.definition_questions(ground.project).await.unwrap(), Some(false));
    assert_eq!(bench.store.definition_questions(812).await.unwrap(), None);
}

async fn a_mistake_is_counted_and_the_first_pass_stays(bench: &Bench) {
    let ground = ground(&bench.store).await;
    assert_eq!(bench.store.qualification(ground.ann, ground.dog).await.unwrap(), None);
    let mut tx = bench.store.begin().await.unwrap();
    tx.note_mistake(ground.ann, ground.dog, wnid(3)).await.unwrap();
    tx.note_mistake(ground.ann, ground.dog, wnid(1)).await.unwrap();
    tx.pass_definition(ground.ann, ground.dog, NOW).await.unwrap();
    tx.pass_definition(ground.ann, ground.dog, NOW + 5).await.unwrap();
    tx.admit(&[(ground.ann, ground.dog)], NOW + 6).await.unwrap();
    tx.admit(&[(ground.ann, ground.dog)], NOW + 7).await.unwrap();
    tx.admit(&[(ground.bob, ground.dog)], NOW + 8).await.unwrap();
    tx.commit().await.unwrap();
    let expected = QualificationRow {
        tries: 2,
        mistaken_for: Some(wnid(1).to_string()),
        passed_at: Some(NOW),
        admitted_at: Some(NOW + 6),
        ..QualificationRow::default()
    };
    assert_eq!(bench.store.qualification(ground.ann, ground.dog).await.unwrap(), Some(expected));
    assert_eq!(bench.store.qualification(ground.ann, ground.cat).await.unwrap(), None);
    assert_eq!(bench.store.definition_outcomes(ground.dog).await.unwrap(), (2, 1));
    let hers = bench.store.work_in_synsets(ground.ann, 9).await.unwrap();
    assert_eq!((hers.len(), hers[0].wnid, hers[0].tries, hers[0].practised), (1, wnid(2), 2, 0));
}

/// Says of the candidates of a synset what an expert would, in the order of their ids.
async fn label(bench: &Bench, words: &[(i64, bool)]) {
    for (candidate, shows) in words {
        bench
            .execute(&format!("update candidate set expert = {shows} where candidate_id = {candidate}"))
            .await;
    }
}

async fn practice_is_kept_and_its_pictures_are_not_practised_again(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let ids = populate(&bench.store, ground.dog, 5).await;
    label(bench, &[(ids[0], true), (ids[1], true), (ids[2], false), (ids[3], false)]).await;
    let mut tx = bench.store.begin().await.unwrap();
    let answers = [(ids[2], false, true), (ids[0], true, true)];
    tx.record_practice(ground.ann, ground.dog, 1, &answers, NOW).await.unwrap();
    tx.commit().await.unwrap();
    let kept = bench.store.practice_answers(ground.ann, ground.dog, 1).await.unwrap();
    let said: Vec<_> = kept.iter().map(|row| (row.candidate_id, row.known, row.answered)).collect();
    assert_eq!(said, answers);
    assert_eq!(kept[0].sha256, format!("image {} 2", ground.dog));
    let row = bench.store.qualification(ground.ann, ground.dog).await.unwrap().unwrap();
    assert_eq!((row.practice_rounds, row.practised_at), (1, None));
    let rest = bench.store.gold_to_practise(ground.ann, ground.dog).await.unwrap();
    assert_eq!(rest.iter().map(|row| row.candidate_id).collect::<Vec<_>>(), [ids[1], ids[3]]);
    assert_eq!(bench.store.gold_to_practise(ground.bob, ground.dog).await.unwrap().len(), 4);
    let mut tx = bench.store.begin().await.unwrap();
    tx.record_practice(ground.ann, ground.dog, 2, &[(ids[1], true, true)], NOW + 1).await.unwrap();
    tx.finish_practice(ground.ann, ground.dog, NOW + 1).await.unwrap();
    tx.finish_practice(ground.ann, ground.dog, NOW + 2).await.unwrap();
    tx.commit().await.unwrap();
    let row = bench.store.qualification(ground.ann, ground.dog).await.unwrap().unwrap();
    assert_eq!((row.practice_rounds, row.practised_at), (2, Some(NOW + 1)));
    let hers = bench.store.work_in_synsets(ground.ann, 9).await.unwrap();
    assert_eq!((hers[0].practised, hers[0].practised_right), (3, 2));
}

async fn known_pictures_are_those_of_an_expert_alone(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let ids = populate(&bench.store, ground.dog, 4).await;
    label(bench, &[(ids[0], true), (ids[1], false), (ids[2], true)]).await;
    let mut tx = bench.store.begin().await.unwrap();
    vote(&mut tx, ground.ann, ground.dog, "a", &[(ids[2], Answer::Yes)]).await;
    tx.commit().await.unwrap();
    let gold = bench.store.gold_to_practise(ground.ann, ground.dog).await.unwrap();
    let known: Vec<_> = gold.iter().map(|row| (row.candidate_id, row.shows)).collect();
    assert_eq!(known, [(ids[0], true), (ids[1], false)], "she has voted on the third");
}

async fn known_pictures_beyond_the_examples_are_mixed_in(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let ids = populate(&bench.store, ground.dog, 9).await;
    let words: Vec<(i64, bool)> = ids.iter().take(8).enumerate().map(|(n, id)| (*id, n % 2 == 0)).collect();
    label(bench, &words).await;
    let beyond = async |shown| bench.store.gold_beyond(ground.dog, shown).await.unwrap();
    assert_eq!(beyond(0).await, words);
    assert_eq!(beyond(1).await, words[2..], "the first of each kind is shown as an example");
    assert_eq!(beyond(4).await, []);
    assert_eq!(bench.store.gold_beyond(ground.cat, 0).await.unwrap(), []);
    let mut tx = bench.store.begin().await.unwrap();
    tx.set_duplicate(ids[2], Some((ids[0], 1)), false).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(beyond(1).await, [words[3], words[4], words[5], words[6], words[7]], "no near duplicates");
}

async fn what_was_practised_is_known_for_each_worker(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let ids = populate(&bench.store, ground.dog, 4).await;
    label(bench, &[(ids[0], true), (ids[1], false), (ids[2], true)]).await;
    let mut tx = bench.store.begin().await.unwrap();
    let first = [(ids[2], true, true), (ids[0], true, false)];
    tx.record_practice(ground.ann, ground.dog, 1, &first, NOW).await.unwrap();
    tx.record_practice(ground.ann, ground.dog, 2, &[(ids[2], true, true)], NOW).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(bench.store.practised(ground.ann, ground.dog).await.unwrap(), [ids[0], ids[2]]);
    assert_eq!(bench.store.practised(ground.ann, ground.cat).await.unwrap(), [0; 0]);
    assert_eq!(bench.store.practised(ground.bob, ground.dog).await.unwrap(), [0; 0]);
    let answers = [(ground.ann, true, true), (ground.ann, true, false), (ground.ann, true, true)];
    let mut known = bench.store.practice_of_synset(ground.dog).await.unwrap();
    known.sort_unstable();
    let mut expected = answers.to_vec();
    expected.sort_unstable();
    assert_eq!(known, expected);
    assert_eq!(bench.store.practice_of_synset(ground.cat).await.unwrap(), []);
}

async fn examples_are_an_experts_first_then_the_surest(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let ids = populate(&bench.store, ground.dog, 8).await;
    label(bench, &[(ids[0], true)]).await;
    let judged = |candidate_id, verdict, confidence| JudgementRow {
        candidate_id,
        verdict,
        reason: None,
        confidence,
        calibration_id: Some(1),
        settled_at: Some(NOW),
    };
    let mut tx = bench.store.begin().await.unwrap();
    tx.save_judgements(&[
        judged(ids[1], Verdict::Positive, 0.97),
        judged(ids[2], Verdict::Positive, 0.99),
        judged(ids[3], Verdict::Positive, 0.999),
        judged(ids[4], Verdict::Negative, 0.05),
        judged(ids[5], Verdict::Negative, 0.01),
        judged(ids[6], Verdict::Escalated, 0.5),
    ])
    .await
    .unwrap();
    tx.set_duplicate(ids[3], Some((ids[0], 1)), false).await.unwrap();
    tx.commit().await.unwrap();
    let kinds = |shows: bool, rows: &[store::work::ExampleRow]| {
        rows.iter().filter(|row| row.shows == shows).map(|row| row.candidate_id).collect::<Vec<_>>()
    };
    let mut tx = bench.store.begin().await.unwrap();
    let rows = tx.examples(ground.dog, 4).await.unwrap();
    assert_eq!(kinds(true, &rows), [ids[0], ids[2], ids[1]]);
    assert_eq!(kinds(false, &rows), [ids[5], ids[4]]);
    let named = format!("image {} 0", ground.dog);
    assert_eq!(rows.iter().find(|row| row.candidate_id == ids[0]).unwrap().sha256, named);
    let rows = tx.examples(ground.dog, 1).await.unwrap();
    assert_eq!(kinds(true, &rows), [ids[0], ids[2]], "one of each sort");
    assert_eq!(tx.examples(ground.cat, 4).await.unwrap(), []);
}

async fn a_page_takes_from_the_one_before_and_no_longer_than_the_cap(bench: &Bench) {
    const DAY: i64 = 86_400_000;
    let ground = ground(&bench.store).await;
    let ids = populate(&bench.store, ground.dog, 4).await;
    let start = DAY * 20_000 + 1_000;
    let mut tx = bench.store.begin().await.unwrap();
    // Handed out and answered: 30 s; handed out before that answer, answered 20 s after it; an hour; and one the day after.
    let pages = [(0, 30_000), (10_000, 50_000), (60_000, 3_660_000), (DAY, DAY + 5_000)];
    for (place, (from, to)) in pages.into_iter().enumerate() {
        let id = assign(&mut tx, ground.ann, ground.dog, start + from, start + DAY, &[ids[place]]).await;
        tx.close_assignments(&[id], start + to).await.unwrap();
    }
    assign(&mut tx, ground.ann, ground.dog, start, start + 9, &[ids[0]]).await;
    tx.commit().await.unwrap();
    let days = bench.store.pages_by_day(ground.ann, 0, 600_000).await.unwrap();
    let day = |day, pages, spent| PageDayRow { day, pages, spent };
    assert_eq!(days, [day(20_001, 1, 5_000), day(20_000, 3, 650_000)]);
    assert_eq!(bench.store.pages_by_day(ground.ann, start + DAY, 600_000).await.unwrap(), days[..1]);
    assert_eq!(bench.store.pages_by_day(ground.bob, 0, 600_000).await.unwrap(), []);
}

async fn a_record_counts_the_newest_answer_against_experts_and_verdicts(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let ids = populate(&bench.store, ground.dog, 6).await;
    label(bench, &[(ids[0], true), (ids[1], false)]).await;
    bench
        .execute(&format!("update candidate set verdict = 'positive' where candidate_id = {}", ids[2]))
        .await;
    bench
        .execute(&format!("update candidate set verdict = 'negative' where candidate_id = {}", ids[3]))
        .await;
    let mut tx = bench.store.begin().await.unwrap();
    let votes = [
        (ids[0], Answer::Yes),
        (ids[1], Answer::Yes),
        (ids[2], Answer::No),
        (ids[3], Answer::No),
        (ids[4], Answer::Unsure),
    ];
    let (submission, _) = vote(&mut tx, ground.ann, ground.dog, "a", &votes).await;
    tx.commit().await.unwrap();
    let record = |gold_right, settled_same| ProjectWorkRow {
        project_id: ground.project,
        name: "pets".to_owned(),
        votes: 5,
        gold: 2,
        gold_right,
        settled: 2,
        settled_same,
    };
    assert_eq!(bench.store.work_in_projects(ground.ann).await.unwrap(), [record(1, 1)]);
    let sql = format!(
        "insert into correction (candidate_id, account_id, submission_id, answer, corrected_at)
         values ({}, {}, {submission}, 'no', {NOW})",
        ids[1], ground.ann
    );
    bench.execute(&sql).await;
    assert_eq!(bench.store.work_in_projects(ground.ann).await.unwrap(), [record(2, 1)]);
    assert_eq!(bench.store.work_in_projects(ground.bob).await.unwrap(), []);
    let day = VoteDayRow { day: NOW / 86_400_000, votes: 5 };
    assert_eq!(bench.store.votes_by_day(ground.ann).await.unwrap(), [day]);
}

async fn the_newest_decision_says_whether_a_worker_is_stopped(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let decide = async |excluded: bool, reason: &str| {
        let sql = format!(
            "insert into exclusion (project_id, account_id, excluded, reason, decided_at)
             values ({}, {}, {excluded}, '{reason}', {NOW})",
            ground.project, ground.ann
        );
        bench.execute(&sql).await;
    };
    assert_eq!(bench.store.stopped_in(ground.ann).await.unwrap(), []);
    decide(true, "Too fast").await;
    let stopped = bench.store.stopped_in(ground.ann).await.unwrap();
    assert_eq!(
        (stopped.len(), stopped[0].reason.as_str(), stopped[0].name.as_str()),
        (1, "Too fast", "pets")
    );
    assert_eq!(bench.store.stopped_in(ground.bob).await.unwrap(), []);
    decide(false, "").await;
    assert_eq!(bench.store.stopped_in(ground.ann).await.unwrap(), []);
}

async fn a_page_waits_until_it_is_answered_or_expires(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let ids = populate(&bench.store, ground.dog, 2).await;
    let mut tx = bench.store.begin().await.unwrap();
    let page = assign(&mut tx, ground.ann, ground.dog, NOW, NOW + 10, &ids).await;
    tx.commit().await.unwrap();
    assert_eq!(bench.store.pages_waiting(ground.ann, NOW).await.unwrap(), [ground.project]);
    assert_eq!(bench.store.pages_waiting(ground.ann, NOW + 10).await.unwrap(), [0; 0]);
    assert_eq!(bench.store.pages_waiting(ground.bob, NOW).await.unwrap(), [0; 0]);
    let mut tx = bench.store.begin().await.unwrap();
    tx.close_assignments(&[page], NOW + 1).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(bench.store.pages_waiting(ground.ann, NOW + 2).await.unwrap(), [0; 0]);
}
