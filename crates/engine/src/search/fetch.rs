//! Brings what a clause asks of rows into the processor's caches, so that their delays overlap: a value is
//! four reads away from its row, each of another place of memory, and asking row by row waits for all four.

use super::preview::asks_duration;
use crate::aggregate::tag_key;
use crate::columns::Tables;
use crate::hot::Segment;
use nines_trace::filter::Filter;
use std::hint::black_box;

/// What of rows to fetch.
pub struct Fetcher<'q> {
    tags: Vec<TagPlaces<'q>>,
    asks_duration: bool,
    /// Where values stand, between two steps.
    places: Vec<u32>,
}

/// Where a tag stands among the values of each shape, once it was looked up.
pub struct TagPlaces<'q> {
    key: &'q str,
    by_shape: Vec<Option<Option<u32>>>,
}

impl<'q> Fetcher<'q> {
    /// What `filter` asks for.
    pub fn new(filter: &'q Filter) -> Fetcher<'q> {
        let keys = filter.terms().iter().filter_map(|term| tag_key(&term.test));
        let tags = keys.map(TagPlaces::new).collect();
        let asks_duration = filter.terms().iter().any(|term| asks_duration(&term.test));
        Fetcher { tags, asks_duration, places: Vec::new() }
    }

    /// Fetches rows, one kind of thing of all of them after the other.
    pub fn fetch(&mut self, segment: &Segment, seen: impl Iterator<Item = usize> + Clone) {
        let (tables, rows, places) = (segment.tables(), segment.rows(), &mut self.places);
        seen.clone().for_each(|row| _ = black_box(rows.shape[row]));
        if self.asks_duration {
            seen.clone().for_each(|row| _ = black_box(rows.duration_us[row]));
        }
        for tag in &mut self.tags {
            places.clear();
            places.extend(seen.clone().filter_map(|row| Some(rows.value_at[row] + tag.of(rows.shape[row], tables)?)));
            places.iter_mut().for_each(|place| *place = rows.values[*place as usize]);
            places.iter().for_each(|number| _ = black_box(rows.strings.get(*number).len()));
            places.iter().for_each(|number| _ = black_box(rows.strings.get(*number).first().copied()));
        }
    }
}

impl<'q> TagPlaces<'q> {
    /// Of a tag.
    pub fn new(key: &'q str) -> TagPlaces<'q> {
        TagPlaces { key, by_shape: Vec::new() }
    }

    /// Where it stands among the values of a shape; `None` where the shape lacks it.
    #[inline]
    pub fn of(&mut self, shape: u32, tables: &Tables) -> Option<u32> {
        let at = shape as usize;
        if self.by_shape.len() <= at {
            self.by_shape.resize(at + 1, None);
        }
        *self.by_shape[at].get_or_insert_with(|| {
            let shape = &tables.shapes[at];
            tables.find_tag(shape, self.key).map(|tag_idx| (shape.n_addresses() + tag_idx) as u32)
        })
    }
}
