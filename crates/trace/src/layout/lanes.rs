//! Ranks with everything that stands in them: services, and where lines pass. All lines of a service pass a rank at
//! one place, so that they leave together and part late.

use super::cycles::Downhill;
use super::{Call, Drawing, Spot};
use std::collections::BTreeMap;

/// Heights, in those of a service.
const SERVICE: f64 = 1.0;
const PASSAGE: f64 = 0.25;

/// Something in a rank.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Item {
    Service(usize),
    /// Where the lines of a service pass.
    Passage(usize),
}

/// Ranks from the left, each from the top.
pub(super) struct Lanes {
    /// The number of the first one.
    pub(super) first: i32,
    pub(super) ranks: Vec<Vec<Item>>,
    /// Of each rank: pairs of its items (by service, or by whose passage it is) with items of the next one.
    pub(super) joints: Vec<Vec<(Item, Item)>>,
    service_ranks: Vec<i32>,
}

impl Lanes {
    /// Lays services and passages into their ranks, services by number.
    pub(super) fn lay(service_ranks: &[i32], downhill: &Downhill) -> Lanes {
        let pairs = downhill.edges.iter().copied();
        Lanes::of(service_ranks, pairs.collect())
    }

    /// The same for calls that may point anywhere; one within a rank passes nothing.
    pub(super) fn lay_calls(service_ranks: &[i32], calls: &[Call]) -> Lanes {
        let by_rank = |call: &Call| match service_ranks[call.from] <= service_ranks[call.to] {
            true => (call.from, call.to),
            false => (call.to, call.from),
        };
        let mut pairs: Vec<_> = calls.iter().map(by_rank).collect();
        pairs.sort_unstable();
        pairs.dedup();
        Lanes::of(service_ranks, pairs)
    }

    fn of(service_ranks: &[i32], pairs: Vec<(usize, usize)>) -> Lanes {
        let first = service_ranks.iter().min().copied().unwrap_or_default();
        let last = service_ranks.iter().max().copied().unwrap_or_default();
        let n_ranks = (last - first + 1) as usize;
        let at = |service: usize| (service_ranks[service] - first) as usize;
        let mut ranks: Vec<Vec<Item>> = vec![Vec::new(); n_ranks];
        let mut joints: Vec<Vec<(Item, Item)>> = vec![Vec::new(); n_ranks];
        for service in 0..service_ranks.len() {
            ranks[at(service)].push(Item::Service(service));
        }
        for (from, to) in pairs {
            let mut left = Item::Service(from);
            for rank in at(from) + 1..at(to) {
                joints[rank - 1].push((left, Item::Passage(from)));
                ranks[rank].push(Item::Passage(from));
                left = Item::Passage(from);
            }
            if at(from) < at(to) {
                joints[at(to) - 1].push((left, Item::Service(to)));
            }
        }
        for joints in &mut joints {
            joints.sort_unstable();
            joints.dedup();
        }
        for rank in &mut ranks {
            rank.sort_unstable();
            rank.dedup();
        }
        Lanes { first, ranks, joints, service_ranks: service_ranks.to_vec() }
    }

    /// Of every item of a rank, the places of those it is joined to in the next one (`ahead`) or the one before.
    pub(super) fn neighbours(&self, rank: usize, ahead: bool) -> Vec<Vec<usize>> {
        let mut found = vec![Vec::new(); self.ranks[rank].len()];
        let other = if ahead { rank + 1 } else { rank.wrapping_sub(1) };
        let (Some(others), Some(joints)) = (self.ranks.get(other), self.joints.get(rank.min(other))) else {
            return found;
        };
        let (here, there) = (places(&self.ranks[rank]), places(others));
        for (left, right) in joints {
            let (mine, theirs) = if ahead { (left, right) } else { (right, left) };
            found[here[mine]].push(there[theirs]);
        }
        found
    }

    /// The drawing with these rows.
    pub(super) fn drawing(&self, rows: &[Vec<f64>], calls: &[Call]) -> Drawing {
        let found: Vec<BTreeMap<Item, f64>> = self
            .ranks
            .iter()
            .zip(rows)
            .map(|(items, rows)| items.iter().copied().zip(rows.iter().map(|row| sixteenth(*row))).collect())
            .collect();
        let row_in = |rank: i32, item: Item| found[(rank - self.first) as usize].get(&item).copied();
        let spot = |service: usize| {
            let rank = self.service_ranks[service];
            Spot { rank, row: row_in(rank, Item::Service(service)).unwrap_or_default() }
        };
        let route = |call: &Call| {
            let (from, to) = (self.service_ranks[call.from], self.service_ranks[call.to]);
            let passes = |owner: usize, rank: i32| Some(Spot { rank, row: row_in(rank, Item::Passage(owner))? });
            match from <= to {
                true => (from + 1..to).filter_map(|rank| passes(call.from, rank)).collect(),
                false => (to + 1..from).rev().filter_map(|rank| passes(call.to, rank)).collect(),
            }
        };
        Drawing { spots: (0..self.service_ranks.len()).map(spot).collect(), routes: calls.iter().map(route).collect() }
    }
}

/// How far the middles of two items that follow each other are apart at least.
pub(super) fn apart(above: Item, below: Item) -> f64 {
    let height = |item: Item| if matches!(item, Item::Service(_)) { SERVICE } else { PASSAGE };
    (height(above) + height(below)) / 2.0
}

pub(super) fn places(items: &[Item]) -> BTreeMap<Item, usize> {
    items.iter().enumerate().map(|(at, item)| (*item, at)).collect()
}

/// Drawings that differ by rounding alone are equal.
fn sixteenth(row: f64) -> f64 {
    (row * 16.0).round() / 16.0
}
