//! A drawing that is kept: who is in it stays, who is new stands near those it is joined to.

use super::lanes::{Item, Lanes};
use super::rows::{mean, nearest};
use super::{Call, Drawing, Spot};

/// How much a service that has a row holds on to it, against one that is new.
const STAYING: f64 = 1000.0;
/// How much a passage does.
const PASSING: f64 = 0.001;

/// A kept drawing may have one call in so many services more that does not point to the right than a new one has.
const SERVICES_A_BACKWARD_CALL: usize = 10;

/// A kept drawing may be so much taller than a new one, and by so many rows.
const TALLER: f64 = 1.5;
const TALLER_ROWS: f64 = 3.0;

/// Extends a drawing in which some services have spots.
pub(super) fn extend(calls: &[Call], before: &[Option<Spot>]) -> Drawing {
    let spots = place_new(calls, before);
    let ranks: Vec<i32> = spots.iter().map(|spot| spot.rank).collect();
    let mut lanes = Lanes::lay_calls(&ranks, calls);
    let mut rows = Vec::with_capacity(lanes.ranks.len());
    for at in 0..lanes.ranks.len() {
        let rank = lanes.first + at as i32;
        let wanted = |item: Item| match item {
            Item::Service(service) => (spots[service].row, if before[service].is_some() { STAYING } else { 1.0 }),
            Item::Passage(owner) => (passing(owner, rank, &spots, calls), PASSING),
        };
        let mut placed: Vec<(Item, (f64, f64))> = lanes.ranks[at].iter().map(|item| (*item, wanted(*item))).collect();
        // Of two that want the same row, the one that stays is above.
        placed.sort_by(|(_, a), (_, b)| a.0.total_cmp(&b.0).then(b.1.total_cmp(&a.1)));
        lanes.ranks[at] = placed.iter().map(|(item, _)| *item).collect();
        let wanted: Vec<(f64, f64)> = placed.iter().map(|(_, wanted)| *wanted).collect();
        rows.push(nearest(&lanes.ranks[at], &wanted));
    }
    lanes.drawing(&rows, calls)
}

/// Whether a kept drawing is so much worse than a new one that it is let go.
pub(super) fn is_worn(kept: &Drawing, fresh: &Drawing, calls: &[Call]) -> bool {
    let n_more = backward(kept, calls).saturating_sub(backward(fresh, calls));
    n_more > kept.spots.len() / SERVICES_A_BACKWARD_CALL || height(kept) > height(fresh) * TALLER + TALLER_ROWS
}

fn backward(drawing: &Drawing, calls: &[Call]) -> usize {
    let rank = |service: usize| drawing.spots[service].rank;
    calls.iter().filter(|call| call.from != call.to && rank(call.from) >= rank(call.to)).count()
}

fn height(drawing: &Drawing) -> f64 {
    let rows = || drawing.spots.iter().map(|spot| spot.row);
    rows().fold(f64::NEG_INFINITY, f64::max) - rows().fold(f64::INFINITY, f64::min)
}

/// New services one after another, each behind its callers, else before those it calls, in the mean row of both;
/// those joined to nobody in the drawing stand at its left, below everything.
fn place_new(calls: &[Call], before: &[Option<Spot>]) -> Vec<Spot> {
    let mut spots = before.to_vec();
    while let Some(service) = spots.iter().position(Option::is_none) {
        let joined = (service..spots.len())
            .filter(|other| spots[*other].is_none())
            .find_map(|other| Some((other, near(other, calls, &spots)?)));
        let (service, spot) = joined.unwrap_or_else(|| (service, apart_from_all(&spots)));
        spots[service] = Some(spot);
    }
    spots.into_iter().flatten().collect()
}

fn near(service: usize, calls: &[Call], spots: &[Option<Spot>]) -> Option<Spot> {
    let callers = || calls.iter().filter(move |call| call.to == service).filter_map(|call| spots[call.from]);
    let called = || calls.iter().filter(move |call| call.from == service).filter_map(|call| spots[call.to]);
    let behind = callers().map(|caller| caller.rank + 1).max();
    let rank = behind.or_else(|| called().map(|called| called.rank - 1).min())?;
    Some(Spot { rank, row: mean(callers().chain(called()).map(|spot| spot.row))? })
}

fn apart_from_all(spots: &[Option<Spot>]) -> Spot {
    let placed = || spots.iter().flatten();
    let lowest = placed().map(|spot| spot.row).fold(-1.0, f64::max);
    Spot { rank: placed().map(|spot| spot.rank).min().unwrap_or_default(), row: lowest + 1.0 }
}

/// The row in which the lines of a service pass a rank: that of the straight ways to whom they lead, on the mean.
fn passing(owner: usize, rank: i32, spots: &[Spot], calls: &[Call]) -> f64 {
    let from = spots[owner];
    let other = |call: &Call| match (call.from == owner, call.to == owner) {
        (true, _) => Some(spots[call.to]),
        (_, true) => Some(spots[call.from]),
        _ => None,
    };
    let ways = calls.iter().filter_map(other).filter(|to| to.rank > rank);
    let row_at = |to: Spot| from.row + (to.row - from.row) * f64::from(rank - from.rank) / f64::from(to.rank - from.rank);
    mean(ways.map(row_at)).unwrap_or(from.row)
}
