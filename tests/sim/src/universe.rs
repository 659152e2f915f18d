//! All spans that can exist in a simulation. Each has a number, and is the same every time.
//!
//! Few traces, so that late spans, repeats and traces in many parts meet; wild times; values long enough
//! that a record spans sectors, and one of zeros, which looks like sectors that were never written.

use nines_base::{FineMicros, SpanId, Timestamp, TraceId};
use nines_span::{Kind, Span, SpanFields, Value};
use nines_storage::contract::{full_otlp_span, full_zipkin_span, span};
use std::collections::HashMap;
use std::sync::OnceLock;

/// A span, by its number.
pub type SpanNo = u8;

/// Spans there are.
pub const N_SPANS: usize = 96;

/// When simulations begin.
pub const BEGIN: Timestamp = Timestamp::from_secs(1_795_600_000);

/// Ids of the traces. Two share their low half: a lenient reader takes them for one.
const TRACE_IDS: [u128; 11] =
    [1, 2, 3, 4, 5, 7 << 64 | 3, 6, u128::MAX, 1 << 127 | 9, 0x463a_c35c_9f64_13ad_4848_5a39_53bb_6124, 11];

struct Universe {
    spans: Vec<Span>,
    by_ids: HashMap<(TraceId, SpanId), Vec<SpanNo>>,
}

fn universe() -> &'static Universe {
    static UNIVERSE: OnceLock<Universe> = OnceLock::new();
    UNIVERSE.get_or_init(|| {
        let mut spans: Vec<Span> = (0..N_SPANS as u64 - 2).map(make).collect();
        spans.extend([full_otlp_span(), full_zipkin_span()]);
        let mut by_ids: HashMap<_, Vec<SpanNo>> = HashMap::new();
        for (no, span) in (0..).zip(&spans) {
            by_ids.entry((span.trace_id, span.id)).or_default().push(no);
        }
        Universe { spans, by_ids }
    })
}

/// A span by its number.
pub fn span_of(no: SpanNo) -> &'static Span {
    &universe().spans[usize::from(no)]
}

/// The number of a span; `None` if there is no such span.
pub fn number_of(span: &Span) -> Option<SpanNo> {
    let candidates = universe().by_ids.get(&(span.trace_id, span.id))?;
    candidates.iter().copied().find(|no| span_of(*no) == span)
}

/// The number of a span of which a consumer sees fields only.
pub fn number_of_fields(fields: &dyn SpanFields) -> Option<SpanNo> {
    let candidates = universe().by_ids.get(&(fields.trace_id(), fields.id()))?;
    let same = |no: &SpanNo| {
        let span = span_of(*no);
        let texts = (fields.service(), fields.name(), fields.remote_service());
        let times = (fields.start(), fields.duration(), fields.parent_id());
        let tags = span.tags.iter().all(|(key, value)| fields.own_tag(key) == Some(value.as_ref()));
        texts == (&span.local.service, &span.name, &span.remote.service)
            && times == (span.start, span.duration, span.parent_id)
            && (fields.kind(), fields.shared(), fields.debug()) == (span.kind, span.shared, span.debug)
            && tags
    };
    candidates.iter().copied().find(same)
}

/// Every trace.
pub fn trace_ids() -> Vec<TraceId> {
    let mut ids: Vec<TraceId> = universe().spans.iter().map(|span| span.trace_id).collect();
    ids.sort_unstable_by_key(|id| id.0);
    ids.dedup();
    ids
}

fn make(no: u64) -> Span {
    let trace_id = TRACE_IDS[no as usize % TRACE_IDS.len()];
    let mut made = span(trace_id, no + 1, ["web", "api", "결제"][no as usize % 3]);
    made.name = if no.is_multiple_of(4) { format!("get /items/{no}") } else { format!("op-{}", no % 5) };
    made.kind = Kind::from_u8((no % 6) as u8);
    made.start = match no % 13 {
        0 => FineMicros::NONE,
        1 => FineMicros::from_us(1),
        2 => FineMicros::from_us(u64::MAX),
        3 => FineMicros { us: 9_999_999_999_999_999, sub_ns: 999 },
        _ => FineMicros::from_us((BEGIN.0 as u64) + no * 700_000),
    };
    made.duration = FineMicros::from_us([0, 1, 250_000, 3_600_000_000][no as usize % 4]);
    made.parent_id = (no > 20).then_some(SpanId(no / 2));
    if no % 7 == 6 {
        // The other half of a shared span: the same id, another report.
        made.id = SpanId(no);
        made.trace_id = TraceId(TRACE_IDS[(no as usize - 1) % TRACE_IDS.len()]);
        made.shared = true;
    }
    if no.is_multiple_of(9) {
        made.remote.service = "store".into();
        made.remote.port = 5432;
    }
    add_tags(&mut made, no);
    made
}

fn add_tags(made: &mut Span, no: u64) {
    let mut tag = |key: &str, value: Value| made.tags.push((key.to_owned(), value));
    if no.is_multiple_of(5) {
        tag("error", "boom".into());
    }
    if no.is_multiple_of(11) {
        let long: String = (0..3000).map(|at| char::from(b'a' + ((at * no + at / 7) % 26) as u8)).collect();
        tag("long", Value::Str(long));
    }
    tag("path", Value::Str(format!("/a/{}", no % 17)));
    if no % 4 == 1 {
        tag("size", Value::Int(no as i64 - 50));
    }
    if no % 31 == 3 {
        tag("zeros", Value::Bytes(vec![0; 2500]));
    }
}
