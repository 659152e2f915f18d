//! The order within ranks: each item goes to the mean place of those it is joined to, rank by rank to the right and
//! back, and the order with the fewest crossings is kept (Sugiyama, Tagawa and Toda, 1981).

use super::lanes::Lanes;

/// Sweeps in all, and without a better order before giving up.
const SWEEPS_MAX: usize = 24;
const SWEEPS_IDLE_MAX: usize = 4;

pub(super) fn uncross(lanes: &mut Lanes) {
    let mut places = lanes.places();
    let mut best = (crossings(lanes), lanes.ranks.clone());
    let mut n_idle = 0;
    for sweep in 0..SWEEPS_MAX {
        if best.0 == 0 || n_idle == SWEEPS_IDLE_MAX {
            break;
        }
        let n_ranks = lanes.ranks.len();
        match sweep % 2 {
            0 => (1..n_ranks).for_each(|rank| sort(lanes, rank, false, &mut places)),
            _ => (0..n_ranks - 1).rev().for_each(|rank| sort(lanes, rank, true, &mut places)),
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

/// Items that are joined to none stay about where they are.
fn sort(lanes: &mut Lanes, rank: usize, is_ahead: bool, places: &mut [usize]) {
    let others = lanes.ranks[if is_ahead { rank + 1 } else { rank - 1 }].len() as f64;
    let share = others / lanes.ranks[rank].len() as f64;
    let joined = if is_ahead { &lanes.ahead } else { &lanes.behind };
    let mean = |item: usize| match joined[item].len() {
        0 => places[item] as f64 * share,
        n => joined[item].iter().map(|other| places[*other]).sum::<usize>() as f64 / n as f64,
    };
    let mut keyed: Vec<(f64, usize)> = lanes.ranks[rank].iter().map(|item| (mean(*item), *item)).collect();
    keyed.sort_by(|a, b| a.0.total_cmp(&b.0));
    for (place, (_, item)) in keyed.into_iter().enumerate() {
        places[item] = place;
        lanes.ranks[rank][place] = item;
    }
}

/// Pairs of lines whose ends are in opposite order, counted with a tree of sums (Barth, Jünger and Mutzel, 2002).
pub(super) fn crossings(lanes: &Lanes) -> u64 {
    let places = lanes.places();
    let mut rights = Vec::new();
    lanes.ranks.windows(2).map(|pair| crossings_between(&pair[0], pair[1].len(), lanes, &places, &mut rights)).sum()
}

fn crossings_between(left: &[usize], n_right: usize, lanes: &Lanes, places: &[usize], rights: &mut Vec<usize>) -> u64 {
    let mut sums = vec![0_u64; n_right + 1];
    let (mut n_before, mut n_crossings) = (0, 0);
    for item in left {
        rights.clear();
        rights.extend(lanes.ahead[*item].iter().map(|other| places[*other]));
        for right in &*rights {
            n_crossings += n_before - sum_up_to(&sums, *right);
        }
        for right in &*rights {
            add(&mut sums, *right);
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
