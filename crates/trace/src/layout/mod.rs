//! Where the services of a map are drawn: callers left of those they call, few lines that cross, and nobody
//! moved without need.
//!
//! A drawing has *ranks* (columns) and *rows*. The first one of a graph is made in four steps, each a file:
//! calls that close a circle are turned round ([`cycles`]), every service gets a rank behind its callers
//! ([`ranks`]), each rank an order by sweeps of barycentres ([`order`]), and every place in it a row near those it
//! is joined to ([`rows`]). A later one of a similar graph keeps what was ([`keep`]).
//!
//! Does not know names, pixels or what a call is worth. Equal graphs in equal order have equal drawings.
//!
//! # Invariants
//! - MAP-1: a service that joins a drawing moves no other to another rank and past no other; only where the kept
//!   drawing has become much worse than a new one ([`keep::is_worn`]) everything is drawn anew.

mod cycles;
mod keep;
mod lanes;
mod order;
mod ranks;
mod rows;
#[cfg(test)]
mod tests;

use lanes::Lanes;

/// One service calls another: their numbers, and how much the direction matters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Call {
    /// The caller.
    pub from: usize,
    /// The called.
    pub to: usize,
    /// Calls: of a circle the one with the fewest points backwards.
    pub weight: u64,
}

/// Where a service stands.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Spot {
    /// Column. A kept drawing may grow to the left, below 0.
    pub rank: i32,
    /// Distance from the top in heights of a service, to a sixteenth.
    pub row: f64,
}

/// A drawing.
#[derive(Clone, PartialEq, Debug)]
pub struct Drawing {
    /// Of each service.
    pub spots: Vec<Spot>,
    /// Of each call, in the order they were given: what it passes between its two ends, rank by rank.
    pub routes: Vec<Vec<Spot>>,
}

impl Drawing {
    /// The place of each service in its rank, from the top.
    pub fn orders(&self) -> Vec<usize> {
        let is_above = |a: &Spot, b: &Spot| a.rank == b.rank && a.row < b.row;
        self.spots.iter().map(|spot| self.spots.iter().filter(|other| is_above(other, spot)).count()).collect()
    }
}

/// Draws `n_services` for the first time.
pub fn draw(n_services: usize, calls: &[Call]) -> Drawing {
    let downhill = cycles::downhill(n_services, calls);
    let ranks = ranks::assign(n_services, &downhill);
    let mut lanes = Lanes::lay(&ranks, downhill.edges);
    order::uncross(&mut lanes);
    let rows = rows::settle(&lanes);
    lanes.drawing(&rows, calls)
}

/// Draws services of which some have spots already.
pub fn redraw(calls: &[Call], before: &[Option<Spot>]) -> Drawing {
    let fresh = draw(before.len(), calls);
    if before.iter().all(Option::is_none) {
        return fresh;
    }
    let kept = keep::extend(calls, before);
    if keep::is_worn(&kept, &fresh, calls) { fresh } else { kept }
}
