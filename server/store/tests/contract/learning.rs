//! What is learned from votes: skills, trust, levels, and what of the votes teaches.

use domain::consensus::{Answer, Method, Skill, VoteWeights};
use store::candidates::JudgementRow;
use store::labeling::{NewCalibration, Through};
use store::learning::{LearnerRow, LearningRow, PriorRow};
use store::projects::ProjectSettings;

use super::bench::Bench;
use super::calibrations::new as new_table;
use super::ground::{
    Ground, NOW, answer, assign, changes, ground, populate, settings, submit_as, vote, wnid,
};
use domain::consensus::Verdict;

cases! {
    weights_of_votes_are_taken_away_and_counted_again,
    skills_are_replaced_as_a_whole,
    the_newest_decision_says_whose_votes_teach,
    levels_are_kept_and_leaned_on,
    only_what_is_settled_sampled_or_labelled_teaches,
    a_table_is_outdated_when_its_level_or_its_teachers_are,
}

async fn weights_of_votes_are_taken_away_and_counted_again(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let ids = populate(&bench.store, ground.dog, 3).await;
    let weights = VoteWeights { yes: 250_001, no: 1_000_000 };
    let votes = [(ids[0], Answer::Yes), (ids[1], Answer::Unsure), (ids[2], Answer::No)];
    let mut tx = bench.store.begin().await.unwrap();
    let assignment = assign(&mut tx, ground.ann, ground.dog, NOW, NOW + 1000, &ids).await;
    let (_, recorded) = answer(&mut tx, ground.ann, assignment, "key", &votes, weights, NOW).await;
    tx.change_tallies(&changes(&recorded, weights)).await.unwrap();
    vote(&mut tx, ground.bob, ground.dog, "key", &[(ids[0], Answer::Yes)]).await;
    let given = tx.given(ground.ann, assignment).await.unwrap();
    assert!(given.iter().all(|row| row.weights == weights));
    tx.commit().await.unwrap();
    let rows = bench.store.recounted(ground.dog).await.unwrap();
    let stored: Vec<_> = rows.iter().map(|row| (row.discount_yes, row.discount_no)).collect();
    let counted: Vec<_> =
        rows.iter().map(|row| (row.counted_discount_yes, row.counted_discount_no)).collect();
    assert_eq!(stored, [(749_999, 0), (374_999, 0), (0, 0)]);
    assert_eq!(counted, stored);
    // A correction takes the old answer's share away, and the new one's weight is that of the vote.
    let mut tx = bench.store.begin().await.unwrap();
    let second = submit_as(&mut tx, ground.ann, "again", assignment, NOW).await;
    tx.insert_corrections(&[(ids[0], Some(Answer::No))], ground.ann, second, NOW).await.unwrap();
    tx.commit().await.unwrap();
    let row = &bench.store.recounted(ground.dog).await.unwrap()[0];
    assert_eq!((row.counted_discount_yes, row.counted_discount_no), (0, 0));
    assert_eq!((row.counted_yes, row.counted_no), (1, 1));
    let exported = bench.store.votes_of_project(ground.project, (0, 0), 10).await.unwrap();
    assert_eq!(
        (exported[0].weight_yes, exported[0].weight_no, exported[0].table_version),
        (250_001, 1_000_000, None)
    );
}

fn skill(misses: f64) -> Skill {
    Skill { misses, expected_misses: 0.1 + 0.2, false_alarms: 2.0, expected_false_alarms: 1e-17 }
}

async fn skills_are_replaced_as_a_whole(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let mut tx = bench.store.begin().await.unwrap();
    assert_eq!(tx.skill(ground.project, ground.ann).await.unwrap(), None);
    tx.save_skills(ground.project, &[(ground.ann, skill(1.0)), (ground.bob, skill(2.0))]).await.unwrap();
    tx.save_skills(ground.project, &[(ground.bob, skill(3.0))]).await.unwrap();
    assert_eq!(tx.skill(ground.project, ground.ann).await.unwrap(), None);
    assert_eq!(tx.skill(ground.project, ground.bob).await.unwrap(), Some(skill(3.0)));
    tx.commit().await.unwrap();
    assert_eq!(bench.store.skills(ground.project).await.unwrap(), [(ground.bob, skill(3.0))]);
}

async fn the_newest_decision_says_whose_votes_teach(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let ids = populate(&bench.store, ground.dog, 1).await;
    let mut tx = bench.store.begin().await.unwrap();
    tx.mark_initial_sample(&ids).await.unwrap();
    for account in [ground.ann, ground.bob] {
        vote(&mut tx, account, ground.dog, "key", &[(ids[0], Answer::Yes)]).await;
    }
    tx.insert_trust(ground.project, &[(ground.ann, false), (ground.bob, false)], NOW).await.unwrap();
    let then = tx.through().await.unwrap();
    tx.insert_trust(ground.project, &[(ground.ann, true)], NOW).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(bench.store.untrusted(ground.project).await.unwrap(), [ground.bob]);
    assert_eq!(bench.store.untrusted(ground.project + 1).await.unwrap(), [0; 0]);
    let yes = async |through| {
        let rows = bench.store.recounted_sample_through(ground.dog, through).await.unwrap();
        rows.iter().map(|row| row.known.yes).sum::<i64>()
    };
    assert_eq!(yes(Through { trust_id: 0, ..Through::NOW }).await, 2, "before the first decision all teach");
    assert_eq!(yes(then).await, 0);
    assert_eq!(yes(Through::NOW).await, 1);
    let whole = bench.store.sample_tallies(ground.dog).await.unwrap();
    assert_eq!(whole[0].known.yes, 2, "the verdict counts them still, each by its weight");
}

fn level(project_id: i64, wnid: Option<&str>) -> PriorRow {
    PriorRow {
        prior_id: 0,
        project_id,
        wnid: wnid.map(str::to_owned),
        synsets: 6,
        images: 120,
        prevalence: 0.1 + 0.2,
        good_yes_rate: 1.0 / 3.0,
        good_concentration: 6.02e23,
        bad_yes_rate: f64::MIN_POSITIVE,
        bad_concentration: 200.0,
        near_miss_share: 1e-17,
        created_at: NOW,
    }
}

async fn levels_are_kept_and_leaned_on(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let mut tx = bench.store.begin().await.unwrap();
    let all = tx.insert_prior(&level(ground.project, None)).await.unwrap();
    let some = tx.insert_prior(&level(ground.project, Some("n00000001"))).await.unwrap();
    tx.lean_on(ground.project, all, &[wnid(2), wnid(3)]).await.unwrap();
    tx.lean_on(ground.project, some, &[wnid(2)]).await.unwrap();
    tx.lean_on(ground.project, some, &[]).await.unwrap();
    tx.commit().await.unwrap();
    let stored = bench.store.prior(some).await.unwrap().unwrap();
    assert_eq!(stored, PriorRow { prior_id: some, ..level(ground.project, Some("n00000001")) });
    assert_eq!(bench.store.prior(some + 1).await.unwrap(), None);
    let in_use = bench.store.levels_in_use(ground.project).await.unwrap();
    assert_eq!(in_use, [(all, None), (some, Some(wnid(1)))]);
    let leans = async |synset| bench.store.project_synset_by_id(synset).await.unwrap().unwrap().prior_id;
    assert_eq!((leans(ground.dog).await, leans(ground.cat).await), (Some(some), Some(all)));
}

async fn weighed(bench: &Bench, ground: &Ground) {
    let mut tx = bench.store.begin().await.unwrap();
    let full = ProjectSettings { method: Method::Full, ..settings() };
    tx.update_project_settings(ground.project, &full).await.unwrap();
    tx.commit().await.unwrap();
}

async fn only_what_is_settled_sampled_or_labelled_teaches(bench: &Bench) {
    let ground = ground(&bench.store).await;
    assert_eq!(bench.store.learners().await.unwrap(), [], "the project decides by tables alone");
    weighed(bench, &ground).await;
    let ids = populate(&bench.store, ground.dog, 4).await;
    let mut tx = bench.store.begin().await.unwrap();
    tx.mark_initial_sample(&ids[..1]).await.unwrap();
    let all: Vec<_> = ids.iter().map(|id| (*id, Answer::Yes)).collect();
    vote(&mut tx, ground.bob, ground.dog, "key", &all).await;
    let (second, _) = vote(&mut tx, ground.ann, ground.dog, "key", &all[..2]).await;
    tx.insert_corrections(&[(ids[0], None), (ids[1], Some(Answer::No))], ground.ann, second, NOW)
        .await
        .unwrap();
    let settled = JudgementRow {
        candidate_id: ids[1],
        verdict: Verdict::Negative,
        reason: None,
        confidence: 0.01,
        calibration_id: None,
        settled_at: None,
    };
    tx.save_judgements(&[settled]).await.unwrap();
    tx.set_duplicate(ids[3], Some((ids[0], 1)), false).await.unwrap();
    tx.commit().await.unwrap();
    let teaching = async || {
        let rows = bench.store.teaching_votes(ground.dog).await.unwrap();
        rows.iter().map(|row| (row.candidate_id, row.account_id, row.answer)).collect::<Vec<_>>()
    };
    let bobs = [(ids[0], ground.bob, Answer::Yes), (ids[1], ground.bob, Answer::Yes)];
    assert_eq!(teaching().await, [bobs[0], (ids[1], ground.ann, Answer::No), bobs[1]]);
    let counted = bench.store.counted_votes(ground.dog).await.unwrap();
    assert_eq!(
        counted.iter().map(|row| row.candidate_id).collect::<Vec<_>>(),
        [ids[0], ids[1], ids[1], ids[2]]
    );
    let learner = LearnerRow {
        project_id: ground.project,
        votes: 6,
        calibrated: 0,
        without_prior: 2,
        votes_then: 0,
        pooled_then: 0,
    };
    assert_eq!(bench.store.learners().await.unwrap(), [learner]);
    let mut tx = bench.store.begin().await.unwrap();
    tx.insert_exclusion(ground.project, ground.ann, true, "asleep", ground.bob, NOW).await.unwrap();
    for votes in [5, 6] {
        let learned = LearningRow { votes, calibrated: 3, pooled: 2, learned_at: NOW };
        tx.save_learning(ground.project, &learned).await.unwrap();
        assert_eq!(tx.learning(ground.project).await.unwrap(), Some(learned));
    }
    tx.commit().await.unwrap();
    assert_eq!(teaching().await, bobs);
    let learners = bench.store.learners().await.unwrap();
    assert_eq!(learners, [LearnerRow { votes_then: 6, pooled_then: 2, ..learner }]);
}

async fn a_table_is_outdated_when_its_level_or_its_teachers_are(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let mut tx = bench.store.begin().await.unwrap();
    let prior = tx.insert_prior(&level(ground.project, None)).await.unwrap();
    let through = Through { trust_id: 0, ..tx.through().await.unwrap() };
    for (synset, method) in [(ground.dog, Method::Full), (ground.cat, Method::Table)] {
        let table = NewCalibration { through, method, ..new_table(synset) };
        let id = tx.insert_calibration(&table).await.unwrap();
        tx.set_calibration(synset, id, None).await.unwrap();
    }
    tx.commit().await.unwrap();
    let outdated = async || bench.store.outdated_tables(ground.project, 9).await.unwrap();
    assert_eq!(outdated().await, [0; 0]);
    let mut tx = bench.store.begin().await.unwrap();
    tx.lean_on(ground.project, prior, &[wnid(2), wnid(3)]).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(outdated().await, [ground.dog], "a table alone leans on nothing");
    let mut tx = bench.store.begin().await.unwrap();
    let table = NewCalibration { through, prior_id: Some(prior), ..new_table(ground.dog) };
    let id = tx.insert_calibration(&table).await.unwrap();
    tx.set_calibration(ground.dog, id, None).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(outdated().await, [0; 0]);
    let mut tx = bench.store.begin().await.unwrap();
    tx.insert_trust(ground.project, &[(ground.ann, false)], NOW).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(outdated().await, [ground.dog]);
}
