//! The rank of every service: one behind the last of its callers, and no rank taller than a fifth of them all.

use super::cycles::Downhill;

/// Ranks are at least so tall before anything is pushed on: a small map needs no second column of the called.
const RANK_SERVICES_LEAST: usize = 8;

/// As many ranks as fit a screen side by side; what is taller is scrolled, as every page is.
const RANKS_WANTED: usize = 5;

/// Services of one rank.
pub(super) fn rank_services_max(n_services: usize) -> usize {
    n_services.div_ceil(RANKS_WANTED).max(RANK_SERVICES_LEAST)
}

pub(super) fn assign(n_services: usize, downhill: &Downhill) -> Vec<i32> {
    let (mut callers, mut called) = (vec![Vec::new(); n_services], vec![Vec::new(); n_services]);
    for (from, to) in &downhill.edges {
        callers[*to].push(*from);
        called[*from].push(*to);
    }
    let tallest = rank_services_max(n_services);
    let mut ranks = vec![0_usize; n_services];
    let mut heights: Vec<usize> = Vec::new();
    for service in &downhill.order {
        let mut rank = callers[*service].iter().map(|caller| ranks[*caller] + 1).max().unwrap_or(0);
        while heights.get(rank).is_some_and(|height| *height >= tallest) {
            rank += 1;
        }
        if heights.len() <= rank {
            heights.resize(rank + 1, 0);
        }
        heights[rank] += 1;
        ranks[*service] = rank;
    }
    // Who is called by nobody stands just before the first that it calls, not at the far left.
    for service in downhill.order.iter().rev().filter(|service| callers[**service].is_empty()) {
        let Some(first) = called[*service].iter().map(|called| ranks[*called]).min() else { continue };
        let nearest = (ranks[*service]..first).rev().find(|rank| heights[*rank] < tallest);
        if let Some(rank) = nearest {
            heights[ranks[*service]] -= 1;
            heights[rank] += 1;
            ranks[*service] = rank;
        }
    }
    let first = ranks.iter().min().copied().unwrap_or_default();
    ranks.iter().map(|rank| (rank - first) as i32).collect()
}
