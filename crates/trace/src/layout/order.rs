//! The order within ranks: each item goes to the mean place of those it is joined to, rank by rank to the right and
//! back, and the order with the fewest crossings is kept (Sugiyama, Tagawa and Toda, 1981).

use super::lanes::{Item, Lanes};

/// Sweeps in all, and without a better order before giving up.
const SWEEPS_MAX: usize = 24;
const SWEEPS_IDLE_MAX: usize = 6;

pub(super) fn uncross(lanes: &mut Lanes) {
    let mut best = (crossings(lanes), lanes.ranks.clone());
    let mut n_idle = 0;
    for sweep in 0..SWEEPS_MAX {
        if best.0 == 0 || n_idle == SWEEPS_IDLE_MAX {
            break;
        }
        let n_ranks = lanes.ranks.len();
        match sweep % 2 {
            0 => (1..n_ranks).for_each(|rank| sort(lanes, rank, false)),
            _ => (0..n_ranks - 1).rev().for_each(|rank| sort(lanes, rank, true)),
        }
        let n_crossings = crossings(lanes);
        n_idle += 1;
        if n_crossings < best.0 {
            best = (n_crossings, lanes.ranks.clone());
            n_idle = 0;
        }
    }
    lanes.ranks = best.1;
}

/// Items without neighbours stay about where they are.
fn sort(lanes: &mut Lanes, rank: usize, ahead: bool) {
    let neighbours = lanes.neighbours(rank, ahead);
    let n_items = lanes.ranks[rank].len() as f64;
    let n_others = lanes.ranks[if ahead { rank + 1 } else { rank - 1 }].len() as f64;
    let mean = |at: usize, places: &Vec<usize>| match places.len() {
        0 => at as f64 * n_others / n_items,
        n => places.iter().sum::<usize>() as f64 / n as f64,
    };
    let mut keyed: Vec<(f64, Item)> = neighbours
        .iter()
        .enumerate()
        .map(|(at, places)| (mean(at, places), lanes.ranks[rank][at]))
        .collect();
    keyed.sort_by(|a, b| a.0.total_cmp(&b.0));
    lanes.ranks[rank] = keyed.into_iter().map(|(_, item)| item).collect();
}

pub(super) fn crossings(lanes: &Lanes) -> u64 {
    (0..lanes.ranks.len() - 1).map(|rank| crossings_behind(lanes, rank)).sum()
}

/// Crossings between a rank and the next: pairs of lines whose ends are in opposite order, counted with a tree of
/// sums (Barth, Jünger and Mutzel, 2002).
fn crossings_behind(lanes: &Lanes, rank: usize) -> u64 {
    let n_right = lanes.ranks[rank + 1].len();
    let mut sums = vec![0_u64; n_right + 1];
    let (mut n_before, mut n_crossings) = (0, 0);
    for mut rights in lanes.neighbours(rank, true) {
        rights.sort_unstable();
        for right in &rights {
            n_crossings += n_before - sum_up_to(&sums, *right);
        }
        for right in rights {
            add(&mut sums, right);
            n_before += 1;
        }
    }
    n_crossings
}

fn add(sums: &mut [u64], at: usize) {
    let mut at = at + 1;
    while at < sums.len() {
        sums[at] += 1;
        at += at & at.wrapping_neg();
    }
}

/// How many were added at `at` or before.
fn sum_up_to(sums: &[u64], at: usize) -> u64 {
    let (mut at, mut sum) = (at + 1, 0);
    while at > 0 {
        sum += sums[at];
        at &= at - 1;
    }
    sum
}
