use super::lanes::Lanes;
use super::*;
use proptest::prelude::*;

fn call(from: usize, to: usize, weight: u64) -> Call {
    Call { from, to, weight }
}

fn ranks(drawing: &Drawing) -> Vec<i32> {
    drawing.spots.iter().map(|spot| spot.rank).collect()
}

#[test]
fn callers_stand_left_of_those_they_call() {
    let drawing = draw(4, &[call(0, 1, 9), call(1, 2, 9), call(2, 3, 9), call(0, 3, 1)]);
    assert_eq!(ranks(&drawing), [0, 1, 2, 3]);
    assert_eq!(drawing.routes[3].iter().map(|spot| spot.rank).collect::<Vec<_>>(), [1, 2]);
    assert_ne!(drawing.routes[3][0].row, drawing.spots[1].row, "a line passes beside a service, not through it");
}

#[test]
fn of_a_circle_the_lightest_call_points_back() {
    let drawing = draw(3, &[call(0, 1, 90), call(1, 2, 80), call(2, 0, 1)]);
    assert_eq!(ranks(&drawing), [0, 1, 2]);
    let drawing = draw(3, &[call(0, 1, 1), call(1, 2, 80), call(2, 0, 90)]);
    assert_eq!(ranks(&drawing), [2, 0, 1]);
}

#[test]
fn who_is_called_by_nobody_stands_just_before_whom_it_calls() {
    let drawing = draw(5, &[call(0, 1, 1), call(1, 2, 1), call(2, 3, 1), call(4, 3, 1)]);
    assert_eq!(ranks(&drawing), [0, 1, 2, 3, 2]);
}

#[test]
fn calls_to_itself_and_nobody_at_all_are_drawn_too() {
    assert_eq!(draw(0, &[]), Drawing { spots: Vec::new(), routes: Vec::new() });
    let drawing = draw(2, &[call(0, 0, 5)]);
    assert_eq!(ranks(&drawing), [0, 0]);
    assert_eq!(drawing.routes, [Vec::new()]);
    assert_eq!(drawing.orders(), [0, 1]);
}

#[test]
fn lines_that_need_not_cross_do_not() {
    let calls = [call(0, 5, 1), call(1, 4, 1), call(2, 3, 1)];
    let downhill = cycles::downhill(6, &calls);
    let mut lanes = Lanes::lay(&ranks::assign(6, &downhill), downhill.edges);
    assert_eq!(order::crossings(&lanes), 3);
    order::uncross(&mut lanes);
    assert_eq!(order::crossings(&lanes), 0);
}

#[test]
fn a_service_with_very_many_called_has_them_in_several_ranks() {
    let calls: Vec<Call> = (1..300).map(|to| call(0, to, 1)).collect();
    let drawing = draw(300, &calls);
    let tallest = drawing.orders().into_iter().max().unwrap_or_default() + 1;
    assert!(tallest <= ranks::rank_services_max(300), "{tallest} in one rank");
}

#[test]
fn a_new_service_in_the_middle_of_a_chain_moves_nobody() {
    let chain: Vec<Call> = (0..11).map(|at| call(at, at + 1, 5)).collect();
    let before = draw(12, &chain);
    let mut spots: Vec<Option<Spot>> = before.spots.iter().copied().map(Some).collect();
    spots.push(None);
    let after = redraw(&[chain, vec![call(3, 12, 5), call(12, 4, 5)]].concat(), &spots);
    assert_eq!(after.spots[..12], before.spots[..]);
}

#[test]
fn a_kept_drawing_that_is_full_of_calls_backwards_is_let_go() {
    let backward: Vec<Call> = (0..11).map(|at| call(at + 1, at, 5)).collect();
    let before = draw(12, &(0..11).map(|at| call(at, at + 1, 5)).collect::<Vec<_>>());
    let spots: Vec<Option<Spot>> = before.spots.iter().copied().map(Some).collect();
    assert_eq!(redraw(&backward, &spots), draw(12, &backward));
}

/// Services that mostly call those of higher numbers, as tiers of a system do, and some that call back.
fn graphs() -> impl Strategy<Value = (usize, Vec<Call>)> {
    (20_usize..80).prop_flat_map(|n| {
        let calls = prop::collection::vec((0..n, 1..12_usize, 0..20_u32, 1..1000_u64), n..2 * n);
        let calls = calls.prop_map(move |raw| {
            let turned = |(from, step, luck, weight): (usize, usize, u32, u64)| {
                let to = (from + step).min(n - 1);
                if luck == 0 { call(to, from, weight) } else { call(from, to, weight) }
            };
            let mut calls: Vec<Call> = raw.into_iter().map(turned).collect();
            calls.sort_unstable();
            calls.dedup_by_key(|call| (call.from, call.to));
            calls
        });
        (Just(n), calls)
    })
}

/// The share of services that have the same rank and the same place in it, the new one not counted in.
fn kept(before: &Drawing, after: &Drawing) -> f64 {
    let n = before.spots.len();
    let (had, has) = (before.orders(), after.orders());
    let same =
        |service: &usize| before.spots[*service].rank == after.spots[*service].rank && had[*service] == has[*service];
    (0..n).filter(same).count() as f64 / n as f64
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn map_1_a_new_service_leaves_four_fifths_in_rank_and_place(
        (n, calls) in graphs(), (caller, called) in (0_usize..1000, 0_usize..1000),
    ) {
        let before = draw(n, &calls);
        let mut spots: Vec<Option<Spot>> = before.spots.iter().copied().map(Some).collect();
        spots.push(None);
        let joined = [calls, vec![call(caller % n, n, 3), call(n, called % n, 3)]].concat();
        let after = redraw(&joined, &spots);
        prop_assert!(kept(&before, &after) >= 0.8, "{} kept", kept(&before, &after));
        for (at, spot) in before.spots.iter().enumerate() {
            prop_assert_eq!(after.spots[at].rank, spot.rank, "MAP-1");
            for (other, above) in before.spots.iter().enumerate().filter(|(_, above)| above.rank == spot.rank) {
                prop_assert_eq!(above.row < spot.row, after.spots[other].row < after.spots[at].row, "MAP-1");
            }
        }
    }

    #[test]
    fn a_graph_has_one_drawing_whatever_the_order_of_its_calls((n, calls) in graphs(), by in 0_usize..100) {
        let mut turned = calls.clone();
        turned.rotate_left(by % calls.len());
        let (one, other) = (draw(n, &calls), draw(n, &turned));
        prop_assert_eq!(&one.spots, &other.spots);
        prop_assert_eq!(one, draw(n, &calls));
    }

    #[test]
    fn no_two_services_overlap_and_ranks_stay_low((n, calls) in graphs()) {
        let drawing = draw(n, &calls);
        for (at, a) in drawing.spots.iter().enumerate() {
            for b in drawing.spots[..at].iter().filter(|b| b.rank == a.rank) {
                prop_assert!((a.row - b.row).abs() > 0.9, "{a:?} {b:?}");
            }
        }
        let tallest = drawing.orders().into_iter().max().unwrap_or_default() + 1;
        prop_assert!(tallest <= ranks::rank_services_max(n));
    }

    #[test]
    fn what_did_not_change_is_drawn_as_it_was((n, calls) in graphs()) {
        let before = draw(n, &calls);
        let spots: Vec<Option<Spot>> = before.spots.iter().copied().map(Some).collect();
        prop_assert_eq!(redraw(&calls, &spots).spots, before.spots);
    }
}
