//! Ranks with everything that stands in them: services, and where lines pass. All lines of a service pass a rank at
//! one place, so that they leave together and part late.

use super::{Call, Drawing, Spot};
use std::collections::BTreeMap;

/// Heights, in those of a service.
const SERVICE: f64 = 1.0;
const PASSAGE: f64 = 0.25;

/// Ranks from the left, each from the top. An item is a number: services have their own, passages follow.
pub(super) struct Lanes {
    /// The number of the first rank.
    pub(super) first: i32,
    pub(super) ranks: Vec<Vec<usize>>,
    /// Of each item, those it is joined to in the rank before, and in the next one.
    pub(super) behind: Vec<Vec<usize>>,
    pub(super) ahead: Vec<Vec<usize>>,
    service_ranks: Vec<i32>,
    /// Of each passage, in order: whose it is.
    owners: Vec<usize>,
    /// By owner and rank.
    passages: BTreeMap<(usize, i32), usize>,
}

impl Lanes {
    /// Lays services, and passages of the pairs that are more than a rank apart, into their ranks.
    pub(super) fn lay(service_ranks: &[i32], pairs: impl IntoIterator<Item = (usize, usize)>) -> Lanes {
        let first = service_ranks.iter().min().copied().unwrap_or_default();
        let last = service_ranks.iter().max().copied().unwrap_or_default();
        let n_services = service_ranks.len();
        let mut lanes = Lanes {
            first,
            ranks: vec![Vec::new(); (last - first + 1) as usize],
            behind: vec![Vec::new(); n_services],
            ahead: vec![Vec::new(); n_services],
            service_ranks: service_ranks.to_vec(),
            owners: Vec::new(),
            passages: BTreeMap::new(),
        };
        for (service, rank) in service_ranks.iter().enumerate() {
            lanes.ranks[(rank - first) as usize].push(service);
        }
        for (from, to) in lanes.rightward(pairs) {
            lanes.join(from, to);
        }
        lanes
    }

    /// Each pair once, from the left; those within a rank pass nothing.
    fn rightward(&self, pairs: impl IntoIterator<Item = (usize, usize)>) -> Vec<(usize, usize)> {
        let rank = |service: usize| self.service_ranks[service];
        let turned = pairs.into_iter().map(|(from, to)| if rank(from) <= rank(to) { (from, to) } else { (to, from) });
        let mut pairs: Vec<_> = turned.filter(|(from, to)| rank(*from) < rank(*to)).collect();
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }

    fn join(&mut self, from: usize, to: usize) {
        let mut left = from;
        for rank in self.service_ranks[from] + 1..self.service_ranks[to] {
            let known = self.passages.get(&(from, rank)).copied();
            left = known.unwrap_or_else(|| self.add_passage(from, rank, left));
        }
        self.ahead[left].push(to);
        self.behind[to].push(left);
    }

    fn add_passage(&mut self, owner: usize, rank: i32, left: usize) -> usize {
        let item = self.service_ranks.len() + self.owners.len();
        self.owners.push(owner);
        self.passages.insert((owner, rank), item);
        self.ranks[(rank - self.first) as usize].push(item);
        self.ahead.push(Vec::new());
        self.behind.push(vec![left]);
        self.ahead[left].push(item);
        item
    }

    /// Whose passage an item is; `None` for a service.
    pub(super) fn owner(&self, item: usize) -> Option<usize> {
        item.checked_sub(self.service_ranks.len()).map(|passage| self.owners[passage])
    }

    /// How far the middles of two items that follow each other are apart at least.
    pub(super) fn apart(&self, above: usize, below: usize) -> f64 {
        let height = |item: usize| if item < self.service_ranks.len() { SERVICE } else { PASSAGE };
        (height(above) + height(below)) / 2.0
    }

    /// Of each item its place in its rank.
    pub(super) fn places(&self) -> Vec<usize> {
        let mut places = vec![0; self.ahead.len()];
        for rank in &self.ranks {
            rank.iter().enumerate().for_each(|(place, item)| places[*item] = place);
        }
        places
    }

    /// The drawing with these rows, by item.
    pub(super) fn drawing(&self, rows: &[f64], calls: &[Call]) -> Drawing {
        let spot = |service: usize| Spot { rank: self.service_ranks[service], row: rows[service] };
        let passes = |owner: usize, rank: i32| Some(Spot { rank, row: rows[*self.passages.get(&(owner, rank))?] });
        let route = |call: &Call| {
            let (from, to) = (self.service_ranks[call.from], self.service_ranks[call.to]);
            match from <= to {
                true => (from + 1..to).filter_map(|rank| passes(call.from, rank)).collect(),
                false => (to + 1..from).rev().filter_map(|rank| passes(call.to, rank)).collect(),
            }
        };
        Drawing { spots: (0..self.service_ranks.len()).map(spot).collect(), routes: calls.iter().map(route).collect() }
    }
}
