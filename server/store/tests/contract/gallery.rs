//! Galleries, page by page, and the votes on one image.

use domain::consensus::{Answer, Verdict};
use store::candidates::{CandidateRow, GalleryFilter, GalleryGroup, JudgementRow, VoteRow, Way};

use super::bench::Bench;
use super::ground::{Ground, NOW, assign, ground, populate, submit_as, vote};

cases! {
    the_gallery_shows_each_candidate_under_one_filter,
    the_newest_come_first_and_the_way_back_is_the_same_way,
    groups_count_equal_votes_and_keep_an_experts_word_apart,
    a_gallery_in_the_order_of_its_groups_can_be_gone_through_both_ways,
    votes_on_an_image_come_with_their_workers,
    a_second_thought_and_an_exclusion_show_beside_the_vote,
}

fn judged(candidate_id: i64, verdict: Verdict, reason: Option<&str>) -> JudgementRow {
    JudgementRow {
        candidate_id,
        verdict,
        reason: reason.map(str::to_owned),
        confidence: 0.5,
        calibration_id: Some(1),
        settled_at: None,
    }
}

fn ids(rows: &[CandidateRow]) -> Vec<i64> {
    rows.iter().map(|row| row.candidate_id).collect()
}

async fn the_gallery_shows_each_candidate_under_one_filter(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let dogs = populate(&bench.store, ground.dog, 10).await;
    populate(&bench.store, ground.cat, 1).await;
    let verdicts = [Verdict::Positive, Verdict::Negative, Verdict::Escalated, Verdict::Undecided];
    let judgements: Vec<JudgementRow> =
        dogs.iter().zip(verdicts.iter().cycle()).map(|(&dog, &verdict)| judged(dog, verdict, None)).collect();
    let mut tx = bench.store.begin().await.unwrap();
    tx.save_judgements(&judgements).await.unwrap();
    tx.set_duplicate(dogs[4], Some((dogs[0], 0)), false).await.unwrap();
    tx.commit().await.unwrap();
    let expected = [
        (GalleryFilter::Positive, vec![dogs[8], dogs[0]]),
        (GalleryFilter::Negative, vec![dogs[9], dogs[5], dogs[1]]),
        (GalleryFilter::Escalated, vec![dogs[6], dogs[2]]),
        (GalleryFilter::Open, vec![dogs[7], dogs[3]]),
        (GalleryFilter::Duplicate, vec![dogs[4]]),
    ];
    for (filter, expected) in expected {
        let rows = bench.store.gallery(ground.dog, filter, None, Way::On, 10).await.unwrap();
        assert_eq!(ids(&rows), expected, "{filter:?}");
        let groups = bench.store.gallery_groups(ground.dog, filter).await.unwrap();
        assert_eq!(groups.iter().map(|group| group.candidates).sum::<i64>() as usize, expected.len());
    }
}

async fn the_newest_come_first_and_the_way_back_is_the_same_way(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let dogs = populate(&bench.store, ground.dog, 5).await;
    let open = GalleryFilter::Open;
    let on = bench.store.gallery(ground.dog, open, Some(dogs[3]), Way::On, 2).await.unwrap();
    assert_eq!(ids(&on), [dogs[2], dogs[1]]);
    let back = bench.store.gallery(ground.dog, open, Some(dogs[1]), Way::Back, 2).await.unwrap();
    assert_eq!(ids(&back), [dogs[2], dogs[3]]);
}

/// Open dogs with votes: yes and no on the first two, one yes on the third and fourth, none on the last two.
async fn voted(bench: &Bench) -> (Ground, Vec<i64>) {
    let ground = ground(&bench.store).await;
    let dogs = populate(&bench.store, ground.dog, 6).await;
    let mut tx = bench.store.begin().await.unwrap();
    let said =
        [(dogs[0], Answer::Yes), (dogs[1], Answer::No), (dogs[2], Answer::Yes), (dogs[3], Answer::Yes)];
    vote(&mut tx, ground.ann, ground.dog, "a", &said).await;
    vote(&mut tx, ground.bob, ground.dog, "b", &[(dogs[0], Answer::No), (dogs[1], Answer::Yes)]).await;
    tx.commit().await.unwrap();
    (ground, dogs)
}

fn group(yes: i64, no: i64, candidates: i64) -> GalleryGroup {
    GalleryGroup { yes, no, unsure: 0, by_expert: false, candidates }
}

async fn groups_count_equal_votes_and_keep_an_experts_word_apart(bench: &Bench) {
    let (ground, dogs) = voted(bench).await;
    let open = bench.store.gallery_groups(ground.dog, GalleryFilter::Open).await.unwrap();
    assert_eq!(open, [group(0, 0, 2), group(1, 0, 2), group(1, 1, 2)]);
    let mut tx = bench.store.begin().await.unwrap();
    let (above, expert) = (Some("above_threshold"), Some("expert"));
    let judgements = [(2, above), (3, expert), (4, expert)];
    let judgements = judgements.map(|(dog, reason)| judged(dogs[dog], Verdict::Positive, reason));
    tx.save_judgements(&judgements).await.unwrap();
    tx.commit().await.unwrap();
    let said = |group: GalleryGroup| GalleryGroup { by_expert: true, ..group };
    let groups = bench.store.gallery_groups(ground.dog, GalleryFilter::Positive).await.unwrap();
    assert_eq!(groups, [said(group(0, 0, 1)), group(1, 0, 1), said(group(1, 0, 1))]);
    let places = [(said(group(1, 0, 1)), 1), (group(1, 0, 1), 2)];
    let rows =
        bench.store.gallery_placed(ground.dog, GalleryFilter::Positive, &places, None, Way::On, 9).await;
    assert_eq!(ids(&rows.unwrap()), [dogs[3], dogs[2]]);
}

async fn a_gallery_in_the_order_of_its_groups_can_be_gone_through_both_ways(bench: &Bench) {
    let (ground, dogs) = voted(bench).await;
    let (open, store) = (GalleryFilter::Open, &bench.store);
    // The first two places are shared by nobody, the last one by two groups.
    let places = [(group(1, 1, 2), 1), (group(0, 0, 2), 2), (group(1, 0, 2), 2)];
    let all = store.gallery_placed(ground.dog, open, &places, None, Way::On, 9).await.unwrap();
    let order = [dogs[1], dogs[0], dogs[5], dogs[4], dogs[3], dogs[2]];
    assert_eq!(ids(&all), order);
    let placed = |dog: usize| if dog < 2 { 1 } else { 2 };
    for (at, dog) in [(0, 1), (2, 5), (4, 3)] {
        let from = Some((placed(dog), dogs[dog]));
        let next = store.gallery_placed(ground.dog, open, &places, from, Way::On, 2).await.unwrap();
        assert_eq!(ids(&next), order[at + 1..][..2.min(5 - at)]);
        let back = store.gallery_placed(ground.dog, open, &places, from, Way::Back, 9).await.unwrap();
        assert_eq!(ids(&back), order[..at].iter().rev().copied().collect::<Vec<_>>());
    }
    let none = store.gallery_placed(ground.dog, open, &[], None, Way::On, 9).await.unwrap();
    assert_eq!(ids(&none), [0; 0]);
}

fn row(worker: &str, answer: &str) -> VoteRow {
    VoteRow {
        worker: worker.to_owned(),
        answer: answer.to_owned(),
        voted_at: NOW,
        corrected: None,
        corrected_at: None,
        excluded: false,
        weight_yes: 1_000_000,
        weight_no: 1_000_000,
    }
}

async fn votes_on_an_image_come_with_their_workers(bench: &Bench) {
    let (_, dogs) = voted(bench).await;
    assert_eq!(bench.store.votes_on(dogs[1]).await.unwrap(), [row("ann", "no"), row("bob", "yes")]);
    assert_eq!(bench.store.votes_on(dogs[4]).await.unwrap(), []);
}

async fn a_second_thought_and_an_exclusion_show_beside_the_vote(bench: &Bench) {
    let (ground, dogs) = voted(bench).await;
    let mut tx = bench.store.begin().await.unwrap();
    for (key, answer, at) in [("c", Some(Answer::Yes), NOW + 1), ("d", None, NOW + 2)] {
        let assignment = assign(&mut tx, ground.ann, ground.dog, NOW, NOW + 9, &[dogs[1]]).await;
        let submission = submit_as(&mut tx, ground.ann, key, assignment, at).await;
        tx.insert_corrections(&[(dogs[1], answer)], ground.ann, submission, at).await.unwrap();
    }
    for (project, excluded) in [(ground.project, false), (ground.project, true)] {
        tx.insert_exclusion(project, ground.bob, excluded, "too fast", ground.ann, NOW).await.unwrap();
    }
    let taken_back =
        VoteRow { corrected: Some("none".to_owned()), corrected_at: Some(NOW + 2), ..row("ann", "no") };
    let excluded = VoteRow { excluded: true, ..row("bob", "yes") };
    assert_eq!(tx.votes_on(dogs[1]).await.unwrap(), [taken_back, excluded]);
    assert_eq!(tx.votes_on(dogs[2]).await.unwrap(), [row("ann", "yes")]);
    tx.commit().await.unwrap();
}
