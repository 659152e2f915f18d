//! The files of a store that keeps its spans in files, as whoever measures or copies them sees them.
//!
//! Beside [`crate::SpanStore`], because a store in memory has none. Does not know what is in a file.

use crate::store::StoreError;
use nines_base::{DurationUs, Timestamp};

/// A store that keeps its spans in files.
pub trait SpanFiles: Send + Sync {
    /// What the files take, and for what. With `by_column` every row group is looked at (about half a
    /// millisecond each); without, only what is in memory anyway.
    fn measure(&self, by_column: bool) -> Result<Measure, StoreError>;

    /// The blocks there are, oldest first. A block never changes; it may go.
    fn blocks(&self) -> Vec<BlockFile>;

    /// Up to `n_bytes_max` bytes of a block's file from `offset` on; `None` where there is no such block.
    fn read_block(&self, name: &str, offset: u64, n_bytes_max: usize) -> Result<Option<Vec<u8>>, StoreError>;

    /// Makes blocks of what is in memory now. `false`: they are not all written yet.
    fn seal(&self) -> Result<bool, StoreError>;
}

/// A block as a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BlockFile {
    /// Generation and shard, as the file is named: `00000012-0`.
    pub name: String,
    /// Spans in it; repeats counted.
    pub n_spans: u64,
    /// Bytes.
    pub n_bytes: u64,
    /// Smallest and largest start in microseconds; both 0 when no span has one.
    pub start_us: (u64, u64),
    /// First and last arrival.
    pub arrived: (Timestamp, Timestamp),
}

/// What a store's files take, and for what.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Measure {
    /// Spans that are in no block yet.
    pub n_spans_in_memory: u64,
    /// Files of the inbox.
    pub n_inbox_files: u64,
    /// Their bytes.
    pub inbox_bytes: u64,
    /// Bytes waiting to become durable.
    pub pending_bytes: u64,
    /// Blocks by the directory they lie in, oldest first.
    pub days: Vec<DayMeasure>,
    /// Bytes of all blocks by what they hold, in the order of the file.
    pub sections: Vec<SectionMeasure>,
    /// Bytes of tag values and addresses by column, the largest first; empty unless asked for.
    pub columns: Vec<ColumnMeasure>,
    /// Columns beyond those listed, summed.
    pub n_columns_left_out: u64,
    /// Their stored bytes.
    pub left_out_bytes: u64,
    /// Memory that the index of traces takes.
    pub index_memory_bytes: u64,
    /// Row groups that could not be read, and are missing in `columns`.
    pub n_unreadable: u64,
}

/// The blocks of one directory.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct DayMeasure {
    /// Its name: `2026-11-25`.
    pub day: String,
    /// Blocks.
    pub n_blocks: u64,
    /// Spans in them; repeats counted.
    pub n_spans: u64,
    /// Bytes of the files.
    pub n_bytes: u64,
    /// First and last arrival.
    pub arrived: (Timestamp, Timestamp),
    /// Whether they hold what pins keep: their age says nothing about when they go.
    pub is_pinned: bool,
}

/// Bytes of one kind of section.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct SectionMeasure {
    /// What it holds, as the format names it.
    pub name: &'static str,
    /// Whether each row group has one, or each block.
    pub of_group: bool,
    /// Bytes in the files.
    pub stored_bytes: u64,
    /// Bytes unpacked.
    pub raw_bytes: u64,
}

/// Bytes of one column of values, over all blocks.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ColumnMeasure {
    /// The service whose spans have it.
    pub service: String,
    /// The tag's key; `@local` and `@remote` for the addresses of both sides.
    pub key: String,
    /// The type of its values.
    pub value_type: &'static str,
    /// Values, which are rows that have the tag.
    pub n_values: u64,
    /// Bytes in the files: its share of the sections that hold values, by its share of them unpacked.
    pub stored_bytes: u64,
    /// Bytes unpacked.
    pub raw_bytes: u64,
}

/// When retention takes the oldest block.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NextTaken {
    /// When, by how it went so far.
    pub at: Timestamp,
    /// How old it will be then.
    pub age: DurationUs,
    /// Whether because there is too much, and not because it is too old.
    pub for_bytes: bool,
}

impl Measure {
    /// Spans in blocks.
    pub fn n_spans_in_blocks(&self) -> u64 {
        self.days.iter().map(|day| day.n_spans).sum()
    }

    /// Blocks.
    pub fn n_blocks(&self) -> u64 {
        self.days.iter().map(|day| day.n_blocks).sum()
    }

    /// Bytes of all blocks.
    pub fn block_bytes(&self) -> u64 {
        self.days.iter().map(|day| day.n_bytes).sum()
    }

    /// First and last arrival of what is in blocks, pinned ones left out.
    pub fn arrived(&self) -> Option<(Timestamp, Timestamp)> {
        let first = self.unpinned().map(|day| day.arrived.0).min()?;
        Some((first, self.unpinned().map(|day| day.arrived.1).max()?))
    }

    fn unpinned(&self) -> impl Iterator<Item = &DayMeasure> {
        self.days.iter().filter(|day| !day.is_pinned)
    }

    /// Bytes of a kind of section.
    pub fn section_bytes(&self, name: &str) -> u64 {
        self.sections.iter().filter(|section| section.name == name).map(|section| section.stored_bytes).sum()
    }

    /// When retention will take something next: by age, or earlier if at the rate so far the bytes come
    /// first. A rate needs blocks of more than one moment.
    pub fn next_taken(&self, now: Timestamp, max_age: DurationUs, max_bytes: Option<u64>) -> Option<NextTaken> {
        let (first, last) = self.arrived()?;
        let oldest = self.unpinned().map(|day| day.arrived.1).min()?;
        let by_age = oldest + max_age;
        let used = self.block_bytes() + self.inbox_bytes;
        let by_bytes = max_bytes.and_then(|max_bytes| {
            let Some(room) = max_bytes.checked_sub(used) else { return Some(now) };
            let us_per_byte = (last - first).0.max(0) as f64 / self.block_bytes().max(1) as f64;
            (us_per_byte > 0.0).then(|| now + DurationUs((room as f64 * us_per_byte) as i64))
        });
        let at = by_bytes.map_or(by_age, |by_bytes| by_bytes.min(by_age)).max(now);
        let for_bytes = by_bytes.is_some_and(|by_bytes| by_bytes < by_age);
        Some(NextTaken { at, age: at - oldest, for_bytes })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: DurationUs = DurationUs::from_secs(86_400);

    /// Two days of blocks of 100 bytes each; now is the end of the second.
    fn two_days() -> (Measure, Timestamp) {
        let day = |first: i64| DayMeasure {
            n_bytes: 100,
            arrived: (Timestamp(first * DAY.0), Timestamp((first + 1) * DAY.0)),
            ..DayMeasure::default()
        };
        (Measure { days: vec![day(10), day(11)], ..Measure::default() }, Timestamp(12 * DAY.0))
    }

    #[test]
    fn age_takes_the_oldest_where_bytes_leave_room() {
        let (measure, now) = two_days();
        let next = measure.next_taken(now, DurationUs(7 * DAY.0), Some(10_000)).unwrap();
        assert_eq!(next, NextTaken { at: Timestamp(18 * DAY.0), age: DurationUs(7 * DAY.0), for_bytes: false });
        assert_eq!(measure.next_taken(now, DurationUs(7 * DAY.0), None), Some(next));
    }

    #[test]
    fn bytes_take_it_earlier_at_the_rate_so_far() {
        let (measure, now) = two_days();
        // 100 bytes a day; room for 300 more.
        let next = measure.next_taken(now, DurationUs(7 * DAY.0), Some(500)).unwrap();
        assert_eq!(next, NextTaken { at: Timestamp(15 * DAY.0), age: DurationUs(4 * DAY.0), for_bytes: true });
        let full = measure.next_taken(now, DurationUs(7 * DAY.0), Some(150)).unwrap();
        assert_eq!((full.at, full.for_bytes), (now, true));
    }

    #[test]
    fn an_empty_store_has_nothing_to_take() {
        assert_eq!(Measure::default().next_taken(Timestamp(0), DAY, Some(0)), None);
    }
}
