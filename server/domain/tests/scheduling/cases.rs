//! What happens at the edges.

use domain::scheduling::{OpenImage, Scheduler};

const ANN: i64 = 1;
const BOB: i64 = 2;
const CID: i64 = 3;

const LATER: i64 = 1_000;

fn scheduler(images: &[(i64, u32)]) -> Scheduler {
    let images: Vec<OpenImage> =
        images.iter().map(|&(candidate, need)| OpenImage { candidate, need }).collect();
    Scheduler::new(&images)
}

fn useful(scheduler: &Scheduler, worker: i64) -> Vec<i64> {
    scheduler.useful_to(worker).collect()
}

fn holders(scheduler: &Scheduler, of: &[i64]) -> Vec<(i64, i64)> {
    let mut holders = scheduler.holders(of);
    holders.sort_unstable();
    holders
}

#[test]
fn without_images_there_is_nothing_to_do() {
    let mut nothing = scheduler(&[]);
    nothing.expire(LATER);
    assert_eq!((useful(&nothing, ANN), nothing.need(), nothing.held()), (vec![], 0, 0));
    assert!(!nothing.knows(7));
    assert_eq!(holders(&nothing, &[7]), []);
}

#[test]
fn images_are_offered_in_the_order_of_serving_whatever_their_ids() {
    let scheduler = scheduler(&[(30, 1), (10, 2), (20, 1)]);
    assert_eq!(useful(&scheduler, ANN), [30, 10, 20]);
    assert_eq!(scheduler.need(), 4);
}

#[test]
fn a_candidate_that_comes_twice_is_one_image_at_its_first_place() {
    let mut twice = scheduler(&[(30, 1), (10, 2), (30, 5), (10, 1)]);
    assert_eq!((useful(&twice, ANN), twice.need()), (vec![30, 10], 3));
    twice.hold(1, ANN, vec![30], LATER);
    assert_eq!(useful(&twice, BOB), [10], "it needed one vote, and somebody is about to give it");
    twice.saw(ANN, 30);
    twice.release(1);
    assert_eq!((useful(&twice, ANN), useful(&twice, BOB)), (vec![10], vec![30, 10]));
    twice.set_need(30, 0);
    assert_eq!((useful(&twice, BOB), twice.need()), (vec![10], 2));
}

#[test]
fn as_many_people_hold_an_image_as_it_can_use_votes() {
    let mut scheduler = scheduler(&[(10, 2), (20, 1)]);
    scheduler.hold(1, ANN, vec![10], LATER);
    assert_eq!((useful(&scheduler, ANN), useful(&scheduler, BOB)), (vec![20], vec![10, 20]));
    scheduler.hold(2, BOB, vec![10, 20], LATER);
    assert_eq!(useful(&scheduler, CID), [0; 0]);
    assert_eq!(holders(&scheduler, &[20, 10]), [(10, ANN), (10, BOB), (20, BOB)]);
    scheduler.release(1);
    assert_eq!(useful(&scheduler, CID), [10]);
}

#[test]
fn an_image_that_needs_fewer_votes_than_are_under_way_is_offered_when_enough_have_come() {
    let mut scheduler = scheduler(&[(10, 3)]);
    for (assignment, worker) in [(1, ANN), (2, BOB)] {
        scheduler.hold(assignment, worker, vec![10], LATER);
    }
    scheduler.set_need(10, 1);
    assert_eq!(useful(&scheduler, CID), [0; 0]);
    scheduler.release(1);
    assert_eq!(useful(&scheduler, CID), [0; 0], "the vote of the other one is enough");
    scheduler.release(2);
    assert_eq!(useful(&scheduler, CID), [10]);
    scheduler.set_need(10, 0);
    assert_eq!(useful(&scheduler, CID), [0; 0], "it is settled");
    scheduler.set_need(10, 1);
    assert_eq!(useful(&scheduler, CID), [10], "it is open again");
}

#[test]
fn images_that_are_not_scheduled_are_held_too() {
    let mut scheduler = scheduler(&[(10, 1)]);
    scheduler.hold(1, ANN, vec![77, 10], LATER);
    assert!(scheduler.knows(10) && !scheduler.knows(77));
    assert_eq!((scheduler.held(), scheduler.need()), (2, 1));
    assert_eq!(holders(&scheduler, &[77, 10]), [(10, ANN), (77, ANN)]);
    assert_eq!(scheduler.held_by(ANN).into_iter().collect::<Vec<_>>(), [10, 77]);
    scheduler.saw(BOB, 77);
    scheduler.set_need(77, 5);
    assert_eq!(useful(&scheduler, BOB), [0; 0], "nothing is known of it but who holds it");
    scheduler.release(1);
    assert_eq!((scheduler.held(), holders(&scheduler, &[77])), (0, vec![]));
}

#[test]
fn letting_go_twice_is_letting_go_once() {
    let mut scheduler = scheduler(&[(10, 2)]);
    scheduler.hold(1, ANN, vec![10], LATER);
    scheduler.hold(2, BOB, vec![10], LATER);
    for assignment in [1, 1, 812] {
        scheduler.release(assignment);
        assert_eq!((scheduler.held(), useful(&scheduler, BOB)), (1, vec![]));
        assert_eq!(useful(&scheduler, CID), [10]);
    }
    scheduler.expire(LATER);
    scheduler.release(2);
    assert_eq!((scheduler.held(), useful(&scheduler, BOB)), (0, vec![10]));
}

#[test]
fn holding_again_under_the_same_assignment_replaces_what_it_held() {
    let mut scheduler = scheduler(&[(10, 1), (20, 1)]);
    scheduler.hold(1, ANN, vec![10], 5);
    scheduler.hold(1, BOB, vec![20], LATER);
    assert_eq!((scheduler.held(), holders(&scheduler, &[10, 20])), (1, vec![(20, BOB)]));
    assert_eq!((useful(&scheduler, ANN), useful(&scheduler, BOB)), (vec![10], vec![10]));
    scheduler.expire(5);
    assert_eq!(scheduler.held(), 1, "when it would have expired before is forgotten");
    scheduler.hold(1, BOB, vec![20], LATER);
    assert_eq!((scheduler.held(), useful(&scheduler, ANN)), (1, vec![10]), "the same once more");
}

#[test]
fn a_hold_ends_when_its_time_has_come_and_not_before() {
    let mut scheduler = scheduler(&[(10, 1), (20, 1)]);
    scheduler.hold(2, BOB, vec![20], 101);
    scheduler.hold(1, ANN, vec![10], 100);
    scheduler.expire(99);
    assert_eq!(scheduler.held(), 2);
    scheduler.expire(100);
    assert_eq!((scheduler.held(), useful(&scheduler, CID)), (1, vec![10]));
    scheduler.expire(i64::MAX);
    assert_eq!((scheduler.held(), useful(&scheduler, CID)), (0, vec![10, 20]));
}

#[test]
fn an_image_twice_on_a_screen_is_held_twice_and_let_go_of_twice() {
    let mut scheduler = scheduler(&[(10, 2)]);
    scheduler.hold(1, ANN, vec![10, 10], LATER);
    assert_eq!((scheduler.held(), useful(&scheduler, BOB)), (2, vec![]));
    scheduler.release(1);
    assert_eq!((scheduler.held(), useful(&scheduler, ANN)), (0, vec![10]));
}

#[test]
fn an_empty_screen_holds_nothing() {
    let mut scheduler = scheduler(&[(10, 1)]);
    scheduler.hold(1, ANN, vec![], LATER);
    assert_eq!((scheduler.held(), useful(&scheduler, ANN)), (0, vec![10]));
    scheduler.release(1);
    assert_eq!(scheduler.held(), 0);
}

#[test]
fn what_a_worker_has_seen_is_known_of_each_of_many_images() {
    let images: Vec<(i64, u32)> = (0..300).map(|place| (1_000 - place, 1)).collect();
    let mut scheduler = scheduler(&images);
    let (mut rest, mut hers) = (Vec::new(), Vec::new());
    for (place, (candidate, _)) in images.iter().enumerate() {
        let seen = [0, 1, 62, 63, 64, 65, 127, 128, 191, 192, 299].contains(&place) || place % 7 == 3;
        if seen {
            scheduler.saw(ANN, *candidate);
            hers.push(*candidate);
        } else {
            rest.push(*candidate);
        }
    }
    assert_eq!(useful(&scheduler, ANN), rest);
    assert_eq!(useful(&scheduler, BOB).len(), rest.len() + hers.len());
    scheduler.hold(1, BOB, rest, LATER);
    assert_eq!((useful(&scheduler, ANN), useful(&scheduler, CID)), (vec![], hers));
}
