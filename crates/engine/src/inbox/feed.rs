//! The inbox as consumers read it: from memory while a generation is there, else from its file.

use super::replay::replay;
use crate::engine::Inner;
use crate::hot::{Live, Segment};
use crate::recover::damage_of;
use nines_base::Timestamp;
use nines_span::{SpanFields, SpanRun};
use nines_storage::{Position, StoreError, VisitBack};
use std::collections::BTreeMap;
use std::ops::{ControlFlow, Range};
use std::sync::{Arc, PoisonError};

/// Rows visited before the segment is let go for a moment, so that senders need not wait for a consumer.
const ROWS_AT_ONCE: u64 = 256;

/// A visitor of runs that may end early.
type VisitRun<'v> = &'v mut dyn FnMut(&dyn SpanRun) -> ControlFlow<()>;

/// Rows of a segment that arrived together.
struct Run<'s> {
    segment: &'s Segment,
    numbering: u64,
    arrived: Timestamp,
    rows: Range<u32>,
}

impl SpanRun for Run<'_> {
    fn arrived(&self) -> Timestamp {
        self.arrived
    }
    fn len(&self) -> usize {
        self.rows.len()
    }
    fn show(&self, at: usize, look: &mut dyn FnMut(&dyn SpanFields)) {
        look(&self.segment.row(self.rows.start + at as u32).numbered(self.numbering));
    }
    fn operations(&self) -> Option<(u64, &[u32])> {
        let operations = &self.segment.rows().operation;
        Some((self.numbering, &operations[self.rows.start as usize..self.rows.end as usize]))
    }
}

/// The segments of one generation that is not in memory any more, as replayed last.
pub struct Replayed {
    generation: u64,
    segments: Vec<Segment>,
}

/// One shard of a generation.
enum Shard {
    Live(Arc<Live>),
    Replayed(Arc<Replayed>, usize),
}

impl Shard {
    fn durable_rows(&self) -> u64 {
        match self {
            Shard::Live(live) => live.durable_rows(),
            Shard::Replayed(replayed, shard) => replayed.segments[*shard].len() as u64,
        }
    }

    /// What the numbers of its tables are told by: replay makes the same tables again.
    fn numbering(&self) -> u64 {
        let (generation, shard) = match self {
            Shard::Live(live) => (live.generation, live.shard),
            Shard::Replayed(replayed, shard) => (replayed.generation, *shard),
        };
        generation << u16::BITS | shard as u64
    }

    fn visit(&self, mut from: u64, upto: u64, visit: VisitRun<'_>) -> ControlFlow<()> {
        let numbering = self.numbering();
        while from < upto {
            let end = upto.min(from + ROWS_AT_ONCE);
            match self {
                Shard::Live(live) => visit_runs(&live.read(), numbering, from, end, visit)?,
                Shard::Replayed(replayed, shard) => {
                    visit_runs(&replayed.segments[*shard], numbering, from, end, visit)?
                }
            }
            from = end;
        }
        ControlFlow::Continue(())
    }

    /// Stretches of the rows before `upto` that arrived at `since` or later.
    fn arrivals_since(&self, since: Timestamp, upto: u64) -> Vec<(u64, u64)> {
        match self {
            Shard::Live(live) => arrivals_since(&live.read(), since, upto),
            Shard::Replayed(replayed, shard) => arrivals_since(&replayed.segments[*shard], since, upto),
        }
    }
}

fn visit_runs(segment: &Segment, numbering: u64, from: u64, upto: u64, visit: VisitRun<'_>) -> ControlFlow<()> {
    let arrivals = segment.arrivals();
    let (mut from, upto) = (from as u32, upto as u32);
    let mut next = arrivals.partition_point(|(first, _)| *first <= from);
    while from < upto {
        let arrived = next.checked_sub(1).map_or(Timestamp(0), |at| arrivals[at].1);
        let end = arrivals.get(next).map_or(upto, |(first, _)| upto.min(*first));
        visit(&Run { segment, numbering, arrived, rows: from..end })?;
        (from, next) = (end, next + 1);
    }
    ControlFlow::Continue(())
}

fn arrivals_since(segment: &Segment, since: Timestamp, upto: u64) -> Vec<(u64, u64)> {
    let mut stretches: Vec<(u64, u64)> = Vec::new();
    let arrivals = segment.arrivals();
    for (at, (first, arrived)) in arrivals.iter().enumerate() {
        let end = arrivals.get(at + 1).map_or(upto, |(next, _)| u64::from(*next).min(upto));
        let first = u64::from(*first);
        if *arrived >= since && first < end {
            match stretches.last_mut() {
                Some(last) if last.1 == first => last.1 = end,
                _ => stretches.push((first, end)),
            }
        }
    }
    stretches
}

impl Inner {
    /// See [`nines_storage::SpanFeed::read_runs_after`].
    pub(crate) fn read_runs_after(
        &self,
        from: &Position,
        spans_max: usize,
        visit: &mut dyn FnMut(&dyn SpanRun),
    ) -> Result<Position, StoreError> {
        // A position of a store that was here before: this one is read from its start.
        let from = if from.generation > self.generations.highest() { &Position::default() } else { from };
        let mut position = from.clone();
        let mut visit = |run: &dyn SpanRun| {
            visit(run);
            ControlFlow::Continue(())
        };
        let mut left = spans_max as u64;
        for generation in self.generations.from(from.generation) {
            let Some(shards) = self.shards_of(generation)? else { continue };
            if generation != position.generation {
                position = Position { generation, rows: Vec::new() };
            }
            position.rows.resize(shards.last().map_or(0, |(shard_idx, _)| shard_idx + 1), 0);
            for (shard_idx, shard) in &shards {
                let (shard_idx, consumed) = (*shard_idx, position.rows[*shard_idx]);
                let end = shard.durable_rows().min(consumed.saturating_add(left)).max(consumed);
                // This visitor never ends early.
                let _ = shard.visit(consumed, end, &mut visit);
                position.rows[shard_idx] = end;
                left -= end - consumed;
            }
            if left == 0 {
                break;
            }
        }
        Ok(position)
    }

    /// See [`nines_storage::SpanFeed::whole_since`]. Retention takes block by block: of the oldest generation some may
    /// be gone, unless it has one of each shard that it had. What is in memory is all there.
    pub(crate) fn whole_since(&self) -> Option<Timestamp> {
        let catalog = self.catalogs.now();
        let blocks = catalog.blocks.iter().filter(|block| !block.id().is_pinned()).map(|block| block.footer());
        let in_blocks = blocks.map(|footer| (footer.generation, footer.n_shards, footer.arrived.0));
        let first_of = |live: &Arc<Live>| live.read().arrivals().first().map(|(_, arrived)| *arrived);
        let in_memory = catalog.lives.iter().filter_map(|live| Some((live.generation, 0, first_of(live)?)));
        let mut generations: BTreeMap<u64, (u32, Timestamp)> = BTreeMap::new();
        for (generation, n_shards, first) in in_blocks.chain(in_memory) {
            let (n_missing, earliest) = generations.entry(generation).or_insert((n_shards, first));
            *n_missing = n_missing.saturating_sub(1);
            *earliest = first.min(*earliest);
        }
        let mut oldest_first = generations.into_values();
        let (n_missing, first) = oldest_first.next()?;
        let next = oldest_first.next().filter(|_| n_missing > 0);
        Some(next.map_or(first, |(_, first)| first))
    }

    /// See [`nines_storage::SpanFeed::read_back`].
    pub(crate) fn read_back(&self, since: Timestamp, upto: &Position, visit: VisitBack<'_>) -> Result<(), StoreError> {
        let catalog = self.catalogs.now();
        let held = self.generations.from(0);
        for block in &catalog.blocks {
            let id = block.id();
            // A generation that is in the inbox too is read from there, row by row and to the microsecond.
            let in_inbox = held.binary_search(&id.generation).is_ok();
            // What pins keep of a time is no sample of it: it is what somebody found worth citing.
            if id.is_pinned() || in_inbox || id.generation > upto.generation || block.footer().arrived.1 < since {
                continue;
            }
            if self.read_block_back(block, since, visit)?.is_break() {
                return Ok(());
            }
        }
        let mut visit_each = |run: &dyn SpanRun| {
            let mut flow = ControlFlow::Continue(());
            for at in 0..run.len() {
                run.show(at, &mut |span| flow = visit(run.arrived(), span));
                flow?;
            }
            flow
        };
        for generation in held.into_iter().filter(|generation| *generation <= upto.generation) {
            for (shard_idx, shard) in self.shards_of(generation)?.into_iter().flatten() {
                let all = shard.durable_rows();
                let end = if generation == upto.generation { all.min(upto.rows_in(shard_idx)) } else { all };
                let mut stretches = shard.arrivals_since(since, end).into_iter();
                if stretches.try_for_each(|(first, end)| shard.visit(first, end, &mut visit_each)).is_break() {
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    fn read_block_back(
        &self,
        block: &crate::block::Block,
        since: Timestamp,
        visit: VisitBack<'_>,
    ) -> Result<ControlFlow<()>, StoreError> {
        let base_s = block.footer().arrived.0.0.div_euclid(1_000_000);
        let since_s = since.0.div_euclid(1_000_000);
        for (group_idx, meta) in block.groups().iter().enumerate() {
            if base_s.saturating_add(meta.arrived_s.1 as i64) < since_s {
                continue;
            }
            let group = block.group(group_idx, &self.caches)?;
            for row in 0..group.rows().len() as u32 {
                let arrived = group.arrived(row);
                let is_wanted = arrived.0.div_euclid(1_000_000) >= since_s;
                if is_wanted && visit(arrived, &group.row(row)).is_break() {
                    return Ok(ControlFlow::Break(()));
                }
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    /// The shards of a generation in memory, or as replayed from its file, by number; `None` when it has just gone.
    fn shards_of(&self, generation: u64) -> Result<Option<Vec<(usize, Shard)>>, StoreError> {
        let catalog = self.catalogs.now();
        let lives = catalog.of_generation(generation);
        let shards: Vec<(usize, Shard)> = lives.map(|live| (live.shard, Shard::Live(live.clone()))).collect();
        if !shards.is_empty() {
            return Ok(Some(shards));
        }
        let mut cached = self.replayed.lock().unwrap_or_else(PoisonError::into_inner);
        let known = cached.as_ref().filter(|replayed| replayed.generation == generation).cloned();
        let replayed = match known {
            Some(replayed) => replayed,
            None => match self.replay_file(generation)? {
                Some(segments) => Arc::new(Replayed { generation, segments }),
                None => return Ok(None),
            },
        };
        *cached = Some(replayed.clone());
        let shards = 0..replayed.segments.len();
        Ok(Some(shards.map(|shard| (shard, Shard::Replayed(replayed.clone(), shard))).collect()))
    }

    fn replay_file(&self, generation: u64) -> Result<Option<Vec<Segment>>, StoreError> {
        let path = self.layout.inbox_file(generation);
        let read = self.vfs.open(&path).and_then(|file| replay(&*file));
        match read {
            Ok(replay) => {
                for error in damage_of(&replay, &path) {
                    self.note_damage(error);
                }
                Ok(Some(replay.segments))
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(source) => {
                let step = format!("read inbox file {}", path.display());
                Err(StoreError::Io { step, source: Arc::new(source) })
            }
        }
    }
}
