//! What an engine may use: sizes, limits and their reasons.

use nines_base::DurationUs;
use nines_storage::{Limits, Sampler};
use std::time::Duration;

/// Shards at most: beyond eight, the one inbox thread is what limits, not the locks.
pub const SHARDS_MAX: usize = 8;

/// First of the shards whose spans consumers read and nobody else: those that the sampler does not keep.
/// They get no block. The shard of such a span is this much more than it would be if it were kept.
pub const COUNTED_SHARD: usize = SHARDS_MAX;

/// Whether the spans of a shard are kept, or only read by consumers.
pub fn is_kept(shard: usize) -> bool {
    shard < COUNTED_SHARD
}

/// Bytes one batch may add. Wire limits are far below; this keeps a segment's 32-bit offsets safe.
pub const BATCH_BYTES_MAX: usize = 256 << 20;

/// Operations of one segment before it is sealed: spans named by ids must not grow its tables for ever.
pub const OPERATIONS_MAX: usize = 1 << 16;

/// Shapes of one segment before it is sealed, likewise.
pub const SHAPES_MAX: usize = 1 << 14;

/// Sealed generations that may wait in memory for their blocks. With the open one this bounds memory;
/// beyond it senders are told to come back.
pub const SEALED_GENERATIONS_MAX: usize = 2;

/// Generations whose segments are in memory at once at most.
const GENERATIONS_MAX: usize = SEALED_GENERATIONS_MAX + 1;

/// Bytes of memory a span takes in a segment: 114 in columns, chains and indexes, and 30 of strings where
/// tags are of the usual kind.
const SPAN_BYTES: usize = 144;

/// Memory for segments in a process that has 400 MB to itself. Beyond a million stored spans, sent in messages
/// of a thousand, it then takes 243 MB at its highest; with 200 MB for segments it took 278.
const SEGMENTS_BYTES: usize = 170 << 20;

/// Files of blocks kept open where nothing else is known: a quarter of the handles that a process usually may have.
pub const BLOCK_FILES_MAX: usize = 256;

/// How an engine works. [`Config::default`] suits a server with 400 MB to itself.
#[derive(Clone, Debug)]
pub struct Config {
    /// Shards that take spans side by side; 1 to [`SHARDS_MAX`].
    pub n_shards: usize,
    /// Spans of a shard's segment before all shards are sealed. A block of 250 000 spans costs 0.3
    /// bytes a span more than one of two million, and its segment holds 25 MB instead of 200.
    pub segment_spans: usize,
    /// Bytes of a segment's strings, names and resources before all shards are sealed whatever their
    /// span count: what senders may make as long as they like.
    pub segment_bytes: usize,
    /// How long the first record of a commit waits for company: one sync then serves many.
    pub linger: Duration,
    /// Bytes that end the wait early.
    pub commit_bytes: usize,
    /// Bytes that may wait to become durable; beyond it senders are told to come back.
    pub backlog_bytes_max: usize,
    /// Room that must stay free on the disk. Blocks may use it, so what is in the inbox can always be
    /// turned into blocks, which are a fifth of it.
    pub reserve_bytes: u64,
    /// Bytes the inbox may hold for consumers that lag: the disk's share, not the memory's.
    pub inbox_bytes_max: u64,
    /// Unpacked row groups kept in memory; one takes one to three megabytes.
    pub group_cache_bytes: usize,
    /// Unpacked tables of blocks kept in memory; one takes a few hundred kilobytes.
    pub tables_cache_bytes: usize,
    /// Files of blocks kept open between reads.
    pub block_files_max: usize,
    /// Which spans are kept once consumers have read them; all without.
    pub sampler: Option<Sampler>,
    /// How long spans that are not kept can still be read back: as far as consumers recognise repeats. It is
    /// cut short where they would take half of what the inbox may hold, or the last room on the disk.
    pub recall: DurationUs,
    /// Who reads the inbox: a generation stays until each of these has released it.
    pub consumers: Vec<String>,
    /// How this process names itself to another one that wants the same directory.
    pub holder: String,
    /// Limits of answers.
    pub limits: Limits,
    /// Whether the engine runs threads of its own. Without, [`crate::Engine::turn`] does their work when
    /// called: for simulations that must be the same every time.
    pub threads: bool,
}

impl Default for Config {
    fn default() -> Config {
        let n_cores = std::thread::available_parallelism().map_or(1, |n| n.get());
        Config {
            n_shards: n_cores.min(SHARDS_MAX),
            segment_spans: 250_000,
            segment_bytes: 16 << 20,
            linger: Duration::from_millis(1),
            commit_bytes: 1 << 20,
            backlog_bytes_max: 64 << 20,
            reserve_bytes: 256 << 20,
            inbox_bytes_max: 16 << 30,
            group_cache_bytes: 48 << 20,
            tables_cache_bytes: 16 << 20,
            block_files_max: BLOCK_FILES_MAX,
            sampler: None,
            recall: DurationUs::default(),
            consumers: Vec::new(),
            holder: format!("process {}", std::process::id()),
            limits: Limits::default(),
            threads: true,
        }
    }
}

impl Config {
    /// Numbers of a generation's shards, those included that only consumers read.
    pub(crate) fn n_numbers(&self) -> usize {
        if self.sampler.is_some() { COUNTED_SHARD + self.n_shards } else { self.n_shards }
    }

    /// Whether a shard takes spans: between those that are kept and those that are not there may be a gap.
    pub(crate) fn is_in_use(&self, shard: usize) -> bool {
        shard < self.n_shards || !is_kept(shard)
    }

    /// A configuration for a process that may take `memory_bytes` in all. Three sevenths of it are for segments,
    /// shared by the shards of all generations that may be in memory: more shards or less memory make smaller
    /// segments, and smaller segments make more blocks, which cost a few tenths of a byte a span.
    pub fn for_memory(memory_bytes: u64) -> Config {
        Config::default().within(memory_bytes)
    }

    fn within(self, memory_bytes: u64) -> Config {
        let share = (memory_bytes as f64 / (400 << 20) as f64).clamp(0.05, 4.0);
        let scaled = |bytes: usize| (bytes as f64 * share) as usize;
        let segment_bytes = scaled(SEGMENTS_BYTES) / (self.n_shards * GENERATIONS_MAX);
        Config {
            segment_spans: (segment_bytes / SPAN_BYTES).min(1_000_000),
            segment_bytes: segment_bytes / 2,
            backlog_bytes_max: scaled(self.backlog_bytes_max),
            group_cache_bytes: scaled(self.group_cache_bytes),
            tables_cache_bytes: scaled(self.tables_cache_bytes),
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_of_all_generations_fit_three_sevenths_of_the_memory_whatever_the_shards() {
        for n_shards in 1..=SHARDS_MAX {
            for memory_bytes in [64 << 20, 400 << 20, 1 << 30] {
                let config = Config { n_shards, ..Config::default() }.within(memory_bytes);
                let n_segments = n_shards * GENERATIONS_MAX;
                let usual_bytes = n_segments * config.segment_spans * SPAN_BYTES;
                assert!(usual_bytes <= memory_bytes as usize * 3 / 7, "{n_shards} shards, {memory_bytes} bytes");
                let strings_bytes = n_segments * config.segment_bytes;
                assert!(strings_bytes <= memory_bytes as usize * 3 / 14, "{n_shards} shards, {memory_bytes} bytes");
                assert!(config.segment_spans > 2_000, "{n_shards} shards, {memory_bytes} bytes");
            }
        }
    }
}
