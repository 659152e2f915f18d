//! Searches from the newest time downward, and the visit of all traces in a window.

use super::clause::Asker;
use super::join::Part;
use super::live::LiveCandidates;
use super::preview::{Candidates, Preview};
use super::prospects::Prospects;
use super::prune::BlockClause;
use super::reading::Reading;
use crate::block::{Block, BlockId, Bounds, PartPlace};
use crate::engine::Inner;
use crate::hash::NumberMap;
use crate::hot::{Live, View};
use crate::moment::Snapshot;
use nines_base::TraceId;
use nines_span::Span;
use nines_storage::answer::{NewestHits, TraceTime, drop_repeats};
use nines_storage::{Answer, Gaps, StoreError, TraceHit, TraceQuery, Window};
use nines_trace::filter::{Constraints, Verdict};
use std::collections::{BinaryHeap, HashSet};

/// Traces of a segment looked at before it is let go for a moment.
const TRACES_AT_ONCE: usize = 2048;

/// Something that may hold hits, with the newest time one of them may have.
enum Source<'c> {
    /// A trace of a segment; whether it has other parts.
    Live { live: &'c Live, view: &'c View, asker_idx: usize, place: u32, is_split: bool },
    /// A block: its tables and filters tell which of its groups may hold a hit.
    Block { block: &'c Block },
    /// A row group of a block that was asked.
    Group { block: &'c Block, group_idx: usize },
}

struct Search<'s> {
    inner: &'s Inner,
    reading: Reading<'s>,
    snapshot: &'s Snapshot,
    query: &'s TraceQuery,
    window: Bounds,
    constraints: Vec<Constraints>,
    preview: Preview,
    prospects: Prospects,
    newest: NewestHits,
    /// Traces that were joined, by id or low half.
    joined: HashSet<u128>,
    /// For each segment, the clauses asked of it.
    live_askers: Vec<Vec<Asker<'s>>>,
    /// For each block met so far, likewise, and the clauses as its tables tell; `None` where none fits.
    blocks: NumberMap<BlockId, (Vec<Asker<'s>>, Vec<Option<BlockClause>>)>,
}

impl Inner {
    /// See [`nines_storage::SpanStore::find`].
    pub(crate) fn find(&self, query: &TraceQuery) -> Answer<Vec<TraceHit>> {
        let snapshot = self.snapshot();
        let mut reading = Reading::new(self, &snapshot.catalog);
        let constraints: Vec<Constraints> = query.clauses.iter().map(|clause| clause.constraints()).collect();
        let mut newest = NewestHits::new(query.limit);
        let Some(window) = bounds_of(query.window) else { return reading.answer(Vec::new()) };
        if let Some(ids) = constraints.iter().find_map(|clause| clause.traces.as_ref()) {
            let hits = ids.iter().filter_map(|id| self.join_by_id(*id, query, &snapshot, &mut reading));
            hits.for_each(|hit| newest.push(hit));
            return reading.answer(newest.into_vec());
        }
        reading.know_splits(&snapshot.catalog);
        let askers = || query.clauses.iter().map(Asker::new).collect();
        let mut search = Search {
            inner: self,
            snapshot: &snapshot,
            query,
            window,
            reading,
            constraints,
            preview: Preview::new(&query.clauses),
            prospects: Prospects::default(),
            newest,
            joined: HashSet::new(),
            live_askers: snapshot.lives().map(|_| askers()).collect(),
            blocks: NumberMap::default(),
        };
        let mut sources = search.sources();
        // Few of them are asked before what is left is too old: a heap gives those without sorting the rest.
        let times = sources.iter().zip(0usize..).map(|((newest_us, _), at)| (*newest_us, at));
        let mut newest_first: BinaryHeap<(u64, usize)> = times.collect();
        while let Some((newest_us, at)) = newest_first.pop() {
            if search.newest.floor_us().is_some_and(|floor_us| floor_us > newest_us) || search.reading.is_spent() {
                break;
            }
            match sources[at].1 {
                Source::Live { live, view, asker_idx, place, is_split } => {
                    search.ask_live(
                        Part::Live(live, view, place),
                        asker_idx,
                        PartPlace::Live(live.id(), place),
                        is_split,
                    );
                }
                Source::Block { block } => {
                    for (newest_us, source) in search.groups_of(block) {
                        newest_first.push((newest_us, sources.len()));
                        sources.push((newest_us, source));
                    }
                }
                Source::Group { block, group_idx } => search.ask_group(block, group_idx),
            }
        }
        search.reading.answer(search.newest.into_vec())
    }
}

impl<'s> Search<'s> {
    /// Everything that may hold hits in the window, with the newest time of each.
    fn sources(&self) -> Vec<(u64, Source<'s>)> {
        let mut sources = Vec::new();
        let lives: Vec<_> = self.snapshot.lives().collect();
        let candidates = LiveCandidates::of_all(&lives, &self.query.clauses);
        for (asker_idx, ((live, view), candidates)) in lives.into_iter().zip(candidates).enumerate() {
            let mut place = 0;
            loop {
                // The segment is let go from time to time: its sender waits.
                let segment = live.read();
                let splits = live.splits();
                let heads = segment.traces().heads();
                let upto = heads.len().min(place + TRACES_AT_ONCE);
                if place == upto {
                    break;
                }
                for place in place as u32..upto as u32 {
                    let split = splits.traces.get(&place);
                    if !candidates.may_be_hit(place, split.is_some()) {
                        continue;
                    }
                    let Some(mut times) = view.times_of(&segment, place) else { continue };
                    if let Some(split) = split {
                        times.widen(split.elsewhere);
                    }
                    if times.meets(self.window) {
                        let is_split = split.is_some();
                        sources.push((times.max_us, Source::Live { live, view, asker_idx, place, is_split }));
                    }
                }
                place = upto;
            }
        }
        for block in self.snapshot.blocks() {
            let reaches = (0..block.groups().len()).map(|group_idx| block.reach(group_idx));
            let newest_us = reaches.filter(|reach| reach.meets(self.window)).map(|reach| reach.max_us).max();
            sources.extend(newest_us.map(|newest_us| (newest_us, Source::Block { block })));
        }
        sources
    }

    /// The groups of a block that may hold a hit, with the newest time of each.
    fn groups_of(&mut self, block: &'s Block) -> Vec<(u64, Source<'s>)> {
        let asked = self.ask_tables(block);
        if self.reading.take(asked) != Some(true) {
            return Vec::new();
        }
        let in_window = (0..block.groups().len()).filter(|group_idx| block.reach(*group_idx).meets(self.window));
        let may_hold = in_window.filter(|group_idx| self.may_be_in_group(block, *group_idx));
        may_hold.map(|group_idx| (block.reach(group_idx).max_us, Source::Group { block, group_idx })).collect()
    }

    fn ask_live(&mut self, part: Part<'_>, asker_idx: usize, place: PartPlace, is_split: bool) {
        let hit = ask(&part, is_split, &mut self.live_askers[asker_idx], self.query, self.window);
        self.take(part.trace_id(), hit, place);
    }

    fn ask_group(&mut self, block: &Block, group_idx: usize) {
        let id = block.id();
        if !self.may_be_in_bytes(block, group_idx) {
            return;
        }
        if self.preview.is_worth_outline() {
            return self.ask_outline(block, group_idx);
        }
        // Most rows are decided by operation and shape; values are unpacked when one is not.
        let Some(mut group) = self.reading.frame(block, group_idx) else { return };
        let mut has_values = false;
        let first_trace = block.groups()[group_idx].first_trace;
        for trace_idx in (0..group.n_traces()).rev() {
            let ordinal = first_trace + trace_idx as u32;
            let is_split = block.is_split(ordinal);
            let time = group.time_of(trace_idx);
            if !self.may_count(is_split, time) {
                continue;
            }
            // `ask_tables` put it there.
            let Some((askers, _)) = self.blocks.get_mut(&id) else { return };
            let wanted = is_split || is_in(self.window, time.us());
            if wanted && !has_values && askers.iter_mut().any(|asker| asker.needs_values(&group, trace_idx)) {
                let Some(filled) = self.reading.group(block, group_idx) else { return };
                (group, has_values) = (filled, true);
            }
            let part = Part::Block(&group, trace_idx);
            let hit = ask(&part, is_split, askers, self.query, self.window);
            self.take(part.trace_id(), hit, PartPlace::Block(id, ordinal));
        }
    }

    /// Whether a trace whose time is `time` here may be in the window and among the newest.
    fn may_count(&self, is_split: bool, time: TraceTime) -> bool {
        // With a root here no part elsewhere can make the trace's time later than the root's.
        let newest_us = if is_split { time.root_start_us().unwrap_or(u64::MAX) } else { time.us().unwrap_or(0) };
        newest_us >= self.newest.floor_us().unwrap_or(0).max(self.window.min_us)
    }

    /// Looks at a group's outline and the columns that are asked for, and at more only where a trace has
    /// what every clause wants.
    fn ask_outline(&mut self, block: &Block, group_idx: usize) {
        let id = block.id();
        if self.prospects.expect_hit() {
            block.unpack_ahead(group_idx, &self.inner.caches);
        }
        let outline = match self.preview.asks_duration {
            true => self.reading.outline(block, group_idx),
            false => self.reading.sketch(block, group_idx),
        };
        let Some(outline) = outline else { return };
        // `ask_tables` put it there.
        let Some((askers, clauses)) = self.blocks.get_mut(&id) else { return };
        let of_clause = |(asker, clause): (&mut Asker<'_>, &Option<BlockClause>)| match clause {
            Some(clause) => asker.verdicts(&outline, clause.operations()),
            None => vec![Verdict::Never; outline.rows().operation.len()],
        };
        let verdicts: Vec<Vec<Verdict>> = askers.iter_mut().zip(&*clauses).map(of_clause).collect();
        let mut values = None;
        if self.preview.needs_values(&verdicts) {
            let wants = |column: &_| self.preview.wants(column, outline.tables());
            values = self.reading.picked(block, &outline, group_idx, &wants);
            if values.is_none() {
                return;
            }
        }
        let candidates = Candidates::find(&outline, values.as_ref(), askers, &verdicts);
        let first_trace = block.groups()[group_idx].first_trace;
        let is_split = |trace_idx: usize| block.is_split(first_trace + trace_idx as u32);
        let is_candidate = |trace_idx: &usize| match is_split(*trace_idx) {
            true => candidates.first[*trace_idx],
            false => candidates.all[*trace_idx],
        };
        let traces: Vec<usize> = (0..outline.n_traces()).rev().filter(is_candidate).collect();
        self.prospects.note(!traces.is_empty());
        if traces.is_empty() {
            return;
        }
        let times = self.reading.times_of(block, group_idx, &traces);
        for (trace_idx, (trace_id, time)) in traces.into_iter().zip(times) {
            let is_split = is_split(trace_idx);
            if !self.may_count(is_split, time) {
                continue;
            }
            let told = match (is_split, time.us()) {
                (true, _) => Told::Join,
                (false, Some(us)) if is_in(self.window, Some(us)) => Told::Hit(us),
                _ => Told::No,
            };
            self.take(trace_id, told, PartPlace::Block(id, first_trace + trace_idx as u32));
        }
    }

    /// Asks a block's tables and filters for each clause; whether a hit may have a part there that brings it in.
    fn ask_tables(&mut self, block: &Block) -> Result<bool, StoreError> {
        let clauses = self.query.clauses.iter().zip(&self.constraints);
        let of_block = clauses
            .map(|(filter, constraints)| BlockClause::new(filter, constraints, block, self.inner))
            .collect::<Result<Vec<_>, _>>()?;
        if of_block.first().is_some_and(Option::is_none) {
            return Ok(false);
        }
        self.blocks.insert(block.id(), (self.query.clauses.iter().map(Asker::new).collect(), of_block));
        Ok(true)
    }

    /// Whether a group of a block that was asked may hold a hit.
    fn may_be_in_group(&self, block: &Block, group_idx: usize) -> bool {
        let clauses = self.blocks.get(&block.id()).map_or(&[][..], |(_, clauses)| clauses);
        let meta = &block.groups()[group_idx];
        let may_be_in = |clause: &BlockClause| clause.may_be_in(meta, group_idx);
        brings_hit_in(clauses.iter().map(|clause| clause.as_ref().is_some_and(may_be_in)), block, group_idx)
    }

    /// The same, told from a section or two of the group.
    fn may_be_in_bytes(&mut self, block: &Block, group_idx: usize) -> bool {
        let clauses = self.blocks.get(&block.id()).map_or(&[][..], |(_, clauses)| clauses);
        let reading = &mut self.reading;
        let mut may_be_in = |clause: &BlockClause| reading.has_needles(block, group_idx, clause.needles());
        brings_hit_in(clauses.iter().map(|clause| clause.as_ref().is_some_and(&mut may_be_in)), block, group_idx)
    }

    fn take(&mut self, trace_id: u128, told: Told, place: PartPlace) {
        match told {
            Told::No => {}
            Told::Hit(time_us) => self.newest.push(TraceHit { trace_id: TraceId(trace_id), time_us }),
            Told::Join => {
                let key = if self.query.strict_trace_id { trace_id } else { u128::from(trace_id as u64) };
                if self.joined.insert(key)
                    && let Some(hit) =
                        self.inner.join_from(TraceId(trace_id), place, self.query, self.snapshot, &mut self.reading)
                {
                    self.newest.push(hit);
                }
            }
        }
    }
}

fn is_in(window: Bounds, time_us: Option<u64>) -> bool {
    time_us.is_some_and(|us| window.min_us <= us && us <= window.max_us)
}

/// Whether a group may bring a hit in. `may_be_in` tells for each clause whether a span for it may be there: a trace
/// with all its parts here needs every clause here; a split one is joined when the first is.
fn brings_hit_in(may_be_in: impl Iterator<Item = bool>, block: &Block, group_idx: usize) -> bool {
    let (mut all, mut first) = (true, true);
    for (clause_idx, may) in may_be_in.enumerate() {
        all &= may;
        first &= clause_idx > 0 || may;
    }
    all || (first && block.has_splits(group_idx))
}

/// What one part of a trace tells.
enum Told {
    No,
    /// A hit with this time.
    Hit(u64),
    /// Its other parts decide.
    Join,
}

/// Whether a trace is a hit, as far as one part of it can tell.
fn ask(part: &Part<'_>, is_split: bool, askers: &mut [Asker<'_>], query: &TraceQuery, window: Bounds) -> Told {
    if is_split {
        // Every clause holds on some part, so the part where the first one does brings the trace in.
        let triggers = askers.first_mut().is_none_or(|first| part.any_row(first));
        return if triggers { Told::Join } else { Told::No };
    }
    match part.time().us() {
        Some(us) if is_in(window, Some(us)) => {
            debug_assert_eq!(askers.len(), query.clauses.len());
            if askers.iter_mut().all(|asker| part.any_row(asker)) { Told::Hit(us) } else { Told::No }
        }
        _ => Told::No,
    }
}

/// The window's part that times can lie in; times are not negative.
fn bounds_of(window: Window) -> Option<Bounds> {
    let bounds = Bounds { min_us: window.from.0.max(0) as u64, max_us: u64::try_from(window.to.0).ok()? };
    (!bounds.is_empty()).then_some(bounds)
}

impl Inner {
    /// See [`nines_storage::SpanStore::visit_traces`].
    pub(crate) fn visit_traces(&self, window: Window, visit: &mut dyn FnMut(&[Span])) -> Gaps {
        let snapshot = self.snapshot();
        let mut reading = Reading::new(self, &snapshot.catalog);
        let Some(bounds) = bounds_of(window) else { return reading.into_gaps() };
        reading.know_splits(&snapshot.catalog);
        let mut visitor = Visitor { inner: self, snapshot: &snapshot, reading, window, joined: HashSet::new(), visit };
        for (live, view) in snapshot.lives() {
            visitor.visit_live(live, view);
        }
        for block in snapshot.blocks() {
            for (group_idx, meta) in block.groups().iter().enumerate() {
                if meta.starts.meets(bounds) && !visitor.reading.is_spent() {
                    visitor.visit_group(block, group_idx);
                }
            }
        }
        visitor.reading.into_gaps()
    }
}

struct Visitor<'v> {
    inner: &'v Inner,
    snapshot: &'v Snapshot,
    reading: Reading<'v>,
    window: Window,
    joined: HashSet<u64>,
    visit: &'v mut dyn FnMut(&[Span]),
}

impl Visitor<'_> {
    fn visit_live(&mut self, live: &Live, view: &View) {
        let n_traces = live.read().traces().heads().len() as u32;
        for place in 0..n_traces {
            let is_split = live.splits().traces.contains_key(&place);
            let mut spans = Vec::new();
            let spans_max = self.inner.config.limits.spans_per_trace_max;
            let all_fit = Part::Live(live, view, place).spans(&mut spans, spans_max);
            self.hand_out(spans, all_fit, is_split);
        }
    }

    fn visit_group(&mut self, block: &Block, group_idx: usize) {
        let Some(frame) = self.reading.frame(block, group_idx) else { return };
        let inside = |row: u32| {
            let us = frame.rows().start_us[row as usize];
            self.window.contains(us) && (us != 0 || frame.rows().fine_of(row).0 != 0)
        };
        let wanted: Vec<usize> = (0..frame.n_traces()).filter(|at| frame.rows_of(*at).any(inside)).collect();
        if wanted.is_empty() {
            return;
        }
        let Some(group) = self.reading.group(block, group_idx) else { return };
        let first_trace = block.groups()[group_idx].first_trace;
        for trace_idx in wanted {
            let mut spans = Vec::new();
            let spans_max = self.inner.config.limits.spans_per_trace_max;
            let all_fit = Part::Block(&group, trace_idx).spans(&mut spans, spans_max);
            self.hand_out(spans, all_fit, block.is_split(first_trace + trace_idx as u32));
        }
    }

    /// Hands a trace out if a span of it starts in the window; one with other parts, joined and once.
    fn hand_out(&mut self, mut spans: Vec<Span>, all_fit: bool, is_split: bool) {
        let starts_inside = |span: &Span| !span.start.is_none() && self.window.contains(span.start.us);
        let Some(first) = spans.first() else { return };
        let trace_id = first.trace_id;
        if !spans.iter().any(starts_inside) {
            return;
        }
        if is_split {
            if !self.joined.insert(trace_id.low()) {
                return;
            }
            spans = self.inner.trace_in(trace_id, false, self.snapshot, &mut self.reading);
        } else {
            if !all_fit {
                self.reading.cut_trace();
            }
            drop_repeats(&mut spans);
        }
        (self.visit)(&spans);
    }
}
