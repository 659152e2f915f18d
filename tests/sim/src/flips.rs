//! Bits that flip at rest in a block: each answer is that of the undamaged store, or names the damage with
//! file and offset.
//!
//! A small block is asked everything. Of a large one, in which a bit touches one row group of many, those
//! traces are asked that lie about where the bit does, and searches that go through the filters.
//!
//! The spans have what the sections of a block are for: text, hex and whole numbers under keys that filters
//! decide and keys that they do not, resources of OTLP, events.

use crate::chance::Chance;
use nines_base::vfs::{SimVfs, Vfs};
use nines_base::{Clock, ManualClock, Timestamp, TraceId};
use nines_engine::{Config, Engine};
use nines_span::{Event, OtlpParts, Span, Value};
use nines_storage::aggregate::{AggregateQuery, Dimension};
use nines_storage::answer::{Gap, Gaps};
use nines_storage::contract::{batch_of, span};
use nines_storage::{Position, SpanFeed, SpanStore, TraceQuery, Window};
use nines_trace::filter::{Filter, zipkin::annotation_query};
use std::panic::AssertUnwindSafe;
use std::path::{Path, PathBuf};
use std::sync::Arc;

const BEGIN: Timestamp = Timestamp::from_secs(1_795_600_000);
const ALL: Window = Window { from: Timestamp(0), to: Timestamp(i64::MAX) };

/// Spans of each trace.
const SPANS_PER_TRACE: u64 = 6;

/// Traces asked for by their ids after each flip in a large block.
const TRACES_ASKED: u64 = 3;

/// What is searched for: all; a rare text, a text of many and a whole number, told by filters; and an attribute of
/// resources, which filters do not tell.
const SEARCHES: [&str; 5] = ["", "rare=yes", "path=/items/77", "tries=3 path=/items/7", "zone=eu rare=yes"];

/// An event or a tag, told by filters and shapes: Zipkin's API asks so.
const ANNOTATION: &str = "retry";

/// Every so many traces come by OTLP, with a resource.
const TRACES_PER_RESOURCE: u64 = 5;

/// A `ResourceSpans` of OTLP whose resource has the attribute `zone`, the text `eu`.
const RESOURCE: &[u8] = b"\x0a\x0e\x0a\x0c\x0a\x04zone\x12\x04\x0a\x02eu";

/// A store with one block.
pub struct Subject {
    disk: SimVfs,
    block: PathBuf,
    n_bytes: u64,
    n_traces: u64,
    is_small: bool,
    /// The store undamaged, and what it gives to all questions but for traces.
    whole: Engine,
    given: Vec<Given>,
}

/// What one question gave.
#[derive(Clone)]
struct Given {
    what: &'static str,
    answer: String,
    gaps: Gaps,
}

fn open(disk: &SimVfs) -> Result<Engine, String> {
    let clock: Arc<dyn Clock> = Arc::new(ManualClock::new(BEGIN));
    let config = Config { n_shards: 1, reserve_bytes: 0, threads: false, ..Config::default() };
    Engine::open(Arc::new(disk.clone()), Path::new("/data"), config, clock).map_err(|error| error.to_string())
}

impl Subject {
    /// A store whose block has about `n_bytes`.
    pub fn new(n_bytes: u64) -> Subject {
        let is_small = n_bytes < 100_000;
        // Small ones are mostly tables; large ones take about so many bytes for a span.
        let n_traces = if is_small { n_bytes / 164 } else { n_bytes / 146 };
        let disk = SimVfs::new();
        let engine = open(&disk).expect("an empty disk opens");
        let spans: Vec<Span> = (0..n_traces * SPANS_PER_TRACE).map(make).collect();
        for batch in spans.chunks(5000) {
            engine.append(&batch_of(batch), BEGIN, Box::new(|_| {})).expect("an empty disk has room");
            engine.commit();
        }
        engine.close().expect("nothing fails");
        drop(engine);
        let days = disk.list(Path::new("/data/blocks")).expect("the store made it");
        let day = Path::new("/data/blocks").join(&days[0].name);
        let entry = disk.list(&day).expect("the day is there").remove(0);
        let whole = open(&disk.fork()).expect("nothing is damaged");
        let given = ask(&whole, is_small).expect("nothing is damaged");
        let nothing = given.iter().find(|given| given.answer == "[]").map(|given| given.what);
        assert_eq!(nothing, None, "a search that finds nothing cannot miss anything");
        Subject { disk, block: day.join(entry.name), n_bytes: entry.len_bytes, n_traces, is_small, whole, given }
    }

    /// Bytes of its block.
    pub fn n_bytes(&self) -> u64 {
        self.n_bytes
    }

    /// Flips a bit and asks. `Ok` tells whether damage was told; `Err` what was answered wrongly.
    pub fn flip(&self, bit_idx: u64) -> Result<bool, String> {
        let asked = self.traces_near(bit_idx / 8);
        let wanted = [ask_traces(&self.whole, &asked)?, self.given.clone()].concat();
        let disk = self.disk.fork();
        disk.flip_bit(&self.block, bit_idx).map_err(|error| error.to_string())?;
        let answer = || {
            let engine = open(&disk)?;
            Ok::<_, String>([ask_traces(&engine, &asked)?, ask(&engine, self.is_small)?].concat())
        };
        let given = std::panic::catch_unwind(AssertUnwindSafe(answer));
        let given = given.map_err(|_| format!("bit {bit_idx}: a panic"))??;
        let place = format!("{} at byte ", self.block.display());
        let names = |gaps: &Gaps| {
            gaps.iter().any(|gap| matches!(gap, Gap::Damaged { place: told, .. } if told.starts_with(&place)))
        };
        for (given, wanted) in given.iter().zip(&wanted) {
            if given.answer != wanted.answer && !names(&given.gaps) {
                return Err(format!("bit {bit_idx}: {} differs and names no damage: {:?}", given.what, given.gaps));
            }
        }
        Ok(given.iter().any(|given| names(&given.gaps)))
    }

    /// Traces whose rows lie about where a byte does; all of a small block are visited anyway.
    fn traces_near(&self, byte: u64) -> Vec<TraceId> {
        let middle = byte * self.n_traces / self.n_bytes.max(1);
        let chance = &mut Chance::new(byte);
        let ids = (0..TRACES_ASKED).map(|_| (middle + chance.below(900)).saturating_sub(450).min(self.n_traces - 1));
        ids.map(|idx| TraceId(u128::from(idx) + 1)).collect()
    }
}

fn ask_traces(engine: &Engine, ids: &[TraceId]) -> Result<Vec<Given>, String> {
    let trace = |id: &TraceId| {
        let trace = engine.trace(*id, true).map_err(|error| error.to_string())?;
        Ok(Given { what: "trace", answer: format!("{:?}", trace.value), gaps: trace.gaps })
    };
    ids.iter().map(trace).collect()
}

/// All questions but for traces.
fn ask(engine: &Engine, is_small: bool) -> Result<Vec<Given>, String> {
    let failed = |error: nines_storage::StoreError| error.to_string();
    let mut all = Vec::new();
    let mut searches = vec![(ANNOTATION, Filter::from_terms(annotation_query(ANNOTATION)))];
    for what in SEARCHES {
        searches.push((what, Filter::parse(what).map_err(|error| format!("{error:?}"))?));
    }
    for (what, clause) in searches {
        let clauses = vec![clause];
        let query = TraceQuery { clauses, window: ALL, limit: 10, strict_trace_id: true };
        let found = engine.find(&query).map_err(failed)?;
        all.push(Given { what, answer: format!("{:?}", found.value), gaps: found.gaps });
    }
    if is_small {
        let mut visited = Vec::new();
        let gaps = engine.visit_traces(ALL, &mut |spans| visited.push(format!("{spans:?}"))).map_err(failed)?;
        visited.sort();
        all.push(Given { what: "visit", answer: visited.concat(), gaps });
        let filter = Filter::parse("").map_err(|error| format!("{error:?}"))?;
        let by = vec![Dimension::Op, Dimension::Tag("rare".into())];
        let count = AggregateQuery::new(filter, ALL, by, 100, true).map_err(|error| error.to_string())?;
        let counted = engine.aggregate(&count).map_err(failed)?;
        all.push(Given { what: "aggregate", answer: format!("{:?}", counted.value), gaps: counted.gaps });
    }
    // The feed reads the inbox, which this damage does not touch.
    let fed = engine.read_after(&Position::default(), usize::MAX, &mut |_, _| {}).map_err(failed)?;
    all.push(Given { what: "feed", answer: format!("{fed:?}"), gaps: Gaps::default() });
    Ok(all)
}

fn make(no: u64) -> Span {
    let trace = no / SPANS_PER_TRACE;
    let mut made = span(u128::from(trace) + 1, no + 1, ["web", "api", "store"][no as usize % 3]);
    made.name = format!("op-{}", no % 11);
    made.start.us = (BEGIN.0 as u64) + trace * 10_000 + no;
    made.parent_id = (!no.is_multiple_of(SPANS_PER_TRACE)).then_some(nines_base::SpanId(no));
    let spread = no.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    made.duration.us = spread >> 44;
    made.tags.push(("path".into(), Value::Str(format!("/items/{}", no % 1000))));
    if no % 997 == 5 {
        made.tags.push(("rare".into(), "yes".into()));
    }
    made.tags.push(("request".into(), Value::Str(format!("{spread:016x}"))));
    if no.is_multiple_of(7) {
        made.tags.push(("tries".into(), Value::Int(no as i64 % 4)));
    }
    if no % 499 == 3 {
        made.events.push(Event { time: made.start, name: "retry".to_owned(), otlp: Vec::new() });
    }
    if trace.is_multiple_of(TRACES_PER_RESOURCE) {
        made.otlp = Some(OtlpParts { resource: RESOURCE.into(), ..OtlpParts::default() });
    }
    made
}
