//! A drawing that is kept: who is in it stays, who is new stands near those it is joined to.

use super::lanes::Lanes;
use super::rows::{mean, nearest};
use super::{Call, Drawing, Spot};

/// How much a service that has a row holds on to it, against one that is new.
const STAYING: f64 = 1000.0;

/// From the middle of a service to the line between two.
const HALF_SERVICE: f64 = 0.5;

/// A new service may move on the places of one staying service in so many.
const MOVED_ON_ONE_IN: usize = 5;

/// A kept drawing may have one call in so many services more that does not point to the right than a new one has.
const SERVICES_A_BACKWARD_CALL: usize = 10;

/// A kept drawing may be so much taller than a new one, and by so many rows.
const TALLER: f64 = 1.5;
const TALLER_ROWS: f64 = 3.0;

/// Extends a drawing in which some services have spots.
pub(super) fn extend(calls: &[Call], before: &[Option<Spot>]) -> Drawing {
    let spots = place_new(calls, before);
    let ranks: Vec<i32> = spots.iter().map(|spot| spot.rank).collect();
    let lanes = Lanes::lay(&ranks, calls.iter().map(|call| (call.from, call.to)));
    let mut rows = vec![0.0; lanes.ahead.len()];
    for (at, items) in lanes.ranks.iter().enumerate() {
        let rank = lanes.first + at as i32;
        let highest = highest_for_new(rank, before);
        let wanted = |service: usize| match before[service] {
            Some(spot) => (spot.row, STAYING),
            None => (spots[service].row.max(highest), 1.0),
        };
        let (passages, services): (Vec<usize>, Vec<usize>) =
            items.iter().copied().partition(|item| lanes.owner(*item).is_some());
        let mut services: Vec<(usize, (f64, f64))> = services.into_iter().map(|item| (item, wanted(item))).collect();
        // Of two that want the same row, the one that stays is above.
        services.sort_by(|(_, a), (_, b)| a.0.total_cmp(&b.0).then(b.1.total_cmp(&a.1)));
        let (services, wanted): (Vec<usize>, Vec<(f64, f64)>) = services.into_iter().unzip();
        let settled = nearest(&lanes, &services, &wanted);
        for passage in passages {
            let owner = lanes.owner(passage).unwrap_or_default();
            rows[passage] = beside(&settled, passing(owner, rank, &spots, calls));
        }
        services.into_iter().zip(settled).for_each(|(service, row)| rows[service] = row);
    }
    lanes.drawing(&rows, calls)
}

/// How far up in a rank a new service may stand: not so many move on one place below it that the map is another one.
fn highest_for_new(rank: i32, before: &[Option<Spot>]) -> f64 {
    let mut rows: Vec<f64> = before.iter().flatten().filter(|spot| spot.rank == rank).map(|spot| spot.row).collect();
    rows.sort_by(f64::total_cmp);
    let n_staying = before.iter().flatten().count();
    let n_above = rows.len().saturating_sub(n_staying / MOVED_ON_ONE_IN);
    n_above.checked_sub(1).map_or(f64::NEG_INFINITY, |last| rows[last])
}

/// The row nearest to one wanted at which no service stands.
fn beside(services: &[f64], row: f64) -> f64 {
    let in_the_way = services.iter().find(|service| (row - **service).abs() < HALF_SERVICE);
    in_the_way.map_or(row, |service| service + HALF_SERVICE.copysign(row - service))
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
    let row_at =
        |to: Spot| from.row + (to.row - from.row) * f64::from(rank - from.rank) / f64::from(to.rank - from.rank);
    mean(ways.map(row_at)).unwrap_or(from.row)
}
