//! What is asked of the store and of the model, and where their answers differ.

use crate::universe::{BEGIN, trace_ids};
use nines_base::{Timestamp, TraceId};
use nines_span::Span;
use nines_storage::aggregate::{AggregateQuery, Dimension};
use nines_storage::answer::Gaps;
use nines_storage::{SpanStore, StoreError, TraceQuery, Window};
use nines_trace::filter::Filter;

/// Filters, one clause each; a question takes one or two.
const FILTERS: [&str; 16] = [
    "",
    "service=web",
    "service=(api,결제) kind=client",
    "op=op-3",
    "remote=store",
    "error",
    "error service=web",
    "!error",
    "size>0",
    "path=~^/a/1",
    "path=/a/7",
    "root",
    "duration>200ms",
    "duration<=1s !service=web",
    "trace=3",
    "shared",
];

const ALL: Window = Window { from: Timestamp(0), to: Timestamp(i64::MAX) };

fn query_of(which: u8) -> TraceQuery {
    let which = usize::from(which);
    let clause = |at: usize| Filter::parse(FILTERS[at % FILTERS.len()]).expect("the filters above are valid");
    let mut clauses = vec![clause(which)];
    if which.is_multiple_of(3) {
        clauses.push(clause(which / 5));
    }
    let second = 1_000_000;
    let near = Window { from: Timestamp(BEGIN.0 + 5 * second), to: Timestamp(BEGIN.0 + 40 * second) };
    TraceQuery {
        clauses,
        window: if which % 4 == 1 { near } else { ALL },
        limit: [100, 3, 1][which / 16 % 3],
        strict_trace_id: which.is_multiple_of(2),
    }
}

/// What a store answered: texts, each with what it answers, and what kept them from being whole.
struct Answers {
    texts: Vec<(&'static str, String)>,
    gaps: Gaps,
}

/// Where an answer differs from what it should be, and what it says of its own gaps.
pub struct Difference {
    /// It is about names only. Those of a damaged block are listed though its spans cannot be read.
    pub names_only: bool,
    /// In words.
    pub text: String,
    /// As the answer named them.
    pub gaps: Gaps,
}

/// Asks both one question of each kind. `Err` is a store that does not answer at all.
pub fn compare(store: &dyn SpanStore, model: &dyn SpanStore, which: u8) -> Result<Option<Difference>, StoreError> {
    let query = query_of(which);
    let answers = ask_all(store, &query)?;
    let wanted = ask_all(model, &query)?;
    for ((what, ours), (_, theirs)) in answers.texts.iter().zip(&wanted.texts) {
        if ours != theirs {
            let texts: Vec<&str> = query.clauses.iter().map(Filter::text).collect();
            let (window, limit, strict) = (query.window, query.limit, query.strict_trace_id);
            let asked = format!("question {which} ({texts:?}, {window:?}, limit {limit}, strict {strict})");
            let text = format!("{asked}: {what}\n  answered {ours}\n  should be {theirs}");
            let names_only = matches!(*what, "services" | "names");
            return Ok(Some(Difference { names_only, text, gaps: answers.gaps }));
        }
    }
    Ok(None)
}

fn ask_all(store: &dyn SpanStore, query: &TraceQuery) -> Result<Answers, StoreError> {
    let mut visited: Vec<Vec<String>> = Vec::new();
    let mut gaps = store.visit_traces(query.window, &mut |spans| visited.push(briefs(spans)))?;
    visited.sort();
    let services = store.services()?;
    let mut names = Vec::new();
    for service in &services {
        names.push((store.operations(service)?, store.remote_services(service)?));
    }
    let lenient = briefs(&store.trace(TraceId(3), false)?.into_value(&mut gaps));
    let by = vec![Dimension::Service, Dimension::Op, Dimension::Error];
    let count = AggregateQuery::new(query.clauses[0].clone(), query.window, by, 100, true).expect("within the limits");
    let counted = store.aggregate(&count)?.into_value(&mut gaps);
    let hits = store.find(query)?.into_value(&mut gaps);
    let texts = vec![
        ("find", format!("{hits:?}")),
        ("visit", format!("{visited:?}")),
        ("aggregate", format!("{counted:?}")),
        ("trace, lenient", format!("{lenient:?}")),
        ("services", format!("{services:?}")),
        ("names", format!("{names:?}")),
    ];
    Ok(Answers { texts, gaps })
}

fn briefs(spans: &[Span]) -> Vec<String> {
    let brief = |span: &Span| format!("{:x}/{:x}/{}/{}", span.trace_id.0, span.id.0, span.shared, span.name);
    let mut briefs: Vec<String> = spans.iter().map(brief).collect();
    briefs.sort();
    briefs
}

/// All spans of the store, trace by trace, and what kept the traces from being whole.
pub fn read_all(store: &dyn SpanStore) -> Result<(Vec<Span>, Gaps), StoreError> {
    let (mut spans, mut gaps) = (Vec::new(), Gaps::default());
    for id in trace_ids() {
        spans.extend(store.trace(id, true)?.into_value(&mut gaps));
    }
    Ok((spans, gaps))
}
