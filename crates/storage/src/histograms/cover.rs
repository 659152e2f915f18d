//! Which slices stand for the past, each instant by the finest that tells all of it.

use super::{KeptSlice, SliceId, Tier};
use std::collections::BTreeMap;

/// Slices that do not overlap and leave out none: of each day the hours it was joined from where all of them are kept,
/// else the day; of each hour likewise. In order.
pub fn cover(slices: &[KeptSlice]) -> Vec<SliceId> {
    let mut parts: BTreeMap<SliceId, Vec<KeptSlice>> = BTreeMap::new();
    for slice in slices {
        if let Some(whole) = slice.id.whole() {
            parts.entry(whole).or_default().push(*slice);
        }
    }
    let kept: BTreeMap<SliceId, KeptSlice> = slices.iter().map(|slice| (slice.id, *slice)).collect();
    // A day or an hour that is not joined yet is known by its parts alone.
    let mut days: Vec<SliceId> = slices.iter().map(|slice| SliceId::holding(Tier::Day, slice.id.begin)).collect();
    days.sort_unstable();
    days.dedup();
    days.into_iter().flat_map(|day| finest(day, &kept, &parts)).collect()
}

fn finest(id: SliceId, kept: &BTreeMap<SliceId, KeptSlice>, parts: &BTreeMap<SliceId, Vec<KeptSlice>>) -> Vec<SliceId> {
    let own = kept.get(&id);
    let n_parts = parts.get(&id).map_or(0, Vec::len);
    if let Some(own) = own.filter(|own| n_parts < usize::from(own.n_parts) || own.n_parts == 0) {
        return vec![own.id];
    }
    let Some(finer) = id.tier.finer() else { return Vec::new() };
    // Its parts may be known by theirs.
    let mut begin = id.begin;
    let mut found = Vec::new();
    while begin < id.end() {
        let part = SliceId { tier: finer, begin };
        found.extend(finest(part, kept, parts));
        begin = part.end();
    }
    found
}
