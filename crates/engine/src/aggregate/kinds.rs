//! What a question comes to for all rows of one operation, shape and origin.

use super::question::{Question, tag_key};
use crate::columns::{Tables, ValueType};
use crate::search::RowShape;
use nines_span::error;
use nines_span::otlp::resource_attribute;
use nines_storage::Dimension;
use nines_storage::aggregate::{ABSENT, Key, Tally};
use nines_trace::filter::term::Flag;
use nines_trace::filter::{Filter, Shape as _, Term, Test, Verdict};

/// A value of a row: its place among the row's values, and its type.
#[derive(Clone, Copy, Debug)]
pub struct Slot {
    pub idx: usize,
    pub value_type: ValueType,
}

/// What is the same for all rows of a kind, and what is to be asked of each.
pub struct KindFacts {
    pub verdict: Verdict,
    /// Terms that the kind leaves open.
    pub open: Vec<OpenTerm>,
    /// Whether its rows failed, if that is the same for all.
    pub error: Option<bool>,
    /// Values that say whether a row failed, if it is not.
    pub consulted: Vec<Slot>,
    /// Numbers of the dimensions that are the same for all, 0 in the others.
    pub key: Key,
    /// The other dimensions.
    pub varying: Vec<Varying>,
    /// The group of all its rows, once it is known, where there are none.
    pub group: Option<Option<u32>>,
}

/// A term of the filter by its place there, and what decides it.
pub enum OpenTerm {
    /// Whether the row failed.
    Error { negated: bool },
    /// A resource's attribute: the same for all rows, once it is known.
    Kind { term: usize, known: Option<bool> },
    /// One value of the row.
    Value { term: usize, slot: Slot },
    /// The row.
    Row { term: usize },
}

/// A dimension by its place in the question, and what decides it.
pub enum Varying {
    Slice { at: usize, step_us: u64 },
    Bucket { at: usize, buckets_log2: u8 },
    Error { at: usize },
    Value { at: usize, slot: Slot },
}

impl KindFacts {
    /// Works out what the question comes to for a kind of rows.
    pub fn of(question: &Question<'_>, tables: &Tables, row_kind: (u32, u32, u32), tally: &mut Tally) -> KindFacts {
        let kind = RowShape::new(tables, row_kind);
        let error = match is_error(&kind) {
            Verdict::Always => Some(true),
            Verdict::Never => Some(false),
            Verdict::AskSpan => None,
        };
        let mut facts = KindFacts {
            verdict: question.query.filter().decide_by_shape(&kind),
            open: Vec::new(),
            error,
            consulted: Vec::new(),
            key: Key::default(),
            varying: Vec::new(),
            group: None,
        };
        if facts.verdict == Verdict::Never {
            return facts;
        }
        for (at, term) in question.query.filter().terms().iter().enumerate() {
            if question.terms[at].decide_by_shape(&kind) == Verdict::AskSpan {
                facts.open.push(open_term(term, at, tables, row_kind.1));
            }
        }
        if error.is_none() {
            facts.consulted = error::TAGS_CONSULTED.iter().filter_map(|key| slot(tables, row_kind.1, key)).collect();
        }
        for at in 0..tally.by().len() {
            facts.add_dimension(at, tables, row_kind, &kind, tally);
        }
        facts
    }

    /// Whether a value of its rows is looked at.
    pub fn needs_values(&self) -> bool {
        let asks_value = |open: &OpenTerm| !matches!(open, OpenTerm::Row { .. });
        let by_value = |varying: &Varying| matches!(varying, Varying::Value { .. });
        self.error.is_none() || self.open.iter().any(asks_value) || self.varying.iter().any(by_value)
    }

    fn add_dimension(
        &mut self,
        at: usize,
        tables: &Tables,
        row_kind: (u32, u32, u32),
        kind: &RowShape<'_>,
        tally: &mut Tally,
    ) {
        let dimension = tally.by()[at].clone();
        self.key[at] = match dimension {
            Dimension::Service => tally.name(at, kind.service().unwrap_or_default()),
            Dimension::Op => tally.name(at, kind.op().unwrap_or_default()),
            Dimension::Remote => tally.name(at, kind.remote().unwrap_or_default()),
            Dimension::Kind => Tally::kind(kind.kind().unwrap_or_default()),
            Dimension::Status => Tally::status(kind.status().unwrap_or_default()),
            Dimension::Error => match self.error {
                Some(is_error) => Tally::error(is_error),
                None => return self.varying.push(Varying::Error { at }),
            },
            Dimension::Time { step_us } => return self.varying.push(Varying::Slice { at, step_us }),
            Dimension::Duration { buckets_log2 } => return self.varying.push(Varying::Bucket { at, buckets_log2 }),
            Dimension::Tag(key) => match slot(tables, row_kind.1, &key) {
                Some(slot) => return self.varying.push(Varying::Value { at, slot }),
                None => match resource_attribute(kind.resource(), &key) {
                    Some(value) => tally.text(at, &value.text()),
                    None => ABSENT,
                },
            },
        };
    }
}

/// What the kind says about failure.
fn is_error(kind: &RowShape<'_>) -> Verdict {
    Filter::from_terms(vec![Term::new(Test::Flag(Flag::Error))]).decide_by_shape(kind)
}

fn open_term(term: &Term, at: usize, tables: &Tables, shape: u32) -> OpenTerm {
    if term.test == Test::Flag(Flag::Error) {
        return OpenTerm::Error { negated: term.negated };
    }
    match tag_key(&term.test) {
        Some(key) => match slot(tables, shape, key) {
            Some(slot) => OpenTerm::Value { term: at, slot },
            None => OpenTerm::Kind { term: at, known: None },
        },
        None => OpenTerm::Row { term: at },
    }
}

/// Where rows of a shape have a tag of their own.
fn slot(tables: &Tables, shape: u32, key: &str) -> Option<Slot> {
    let shape = &tables.shapes[shape as usize];
    let tag_idx = tables.find_tag(shape, key)?;
    Some(Slot { idx: shape.n_addresses() + tag_idx, value_type: tables.tags_of(shape)[tag_idx].value_type })
}
