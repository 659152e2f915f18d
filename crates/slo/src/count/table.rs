//! Which indicators a span may concern, decided once for all spans of one service, operation, kind and
//! status, then looked up.

use super::question::{OpenQuestion, Question};
use hashbrown::HashTable;
use nines_span::{Kind, SpanFields, Status};
use nines_trace::filter::Shape;

/// Shapes kept. 3 000 operations have some 10 000; names with ids in them fill the rest, and spans of
/// shapes beyond it are asked everything their service may concern.
const SHAPES_MAX: usize = 65_536;

/// Services kept apart once shapes are full; beyond it every indicator is asked.
const SERVICES_MAX: usize = 4096;

/// One indicator that spans of a shape may concern.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// The indicator, by its place in the counter.
    pub slot: u32,
    pub question: OpenQuestion,
}

/// Candidates of one shape.
#[derive(Clone, Debug, Default)]
pub(super) struct Candidates {
    pub list: Box<[Candidate]>,
    /// The set of indicators that the last span of the shape was counted for: the next one's too,
    /// nearly always.
    pub likely_set: u16,
}

/// The memory of shapes.
#[derive(Default)]
pub(super) struct Table {
    shapes: HashTable<Known>,
    services: HashTable<Known>,
    unknown: Option<Candidates>,
}

struct Known {
    hash: u64,
    shape: KnownShape,
    candidates: Candidates,
}

/// What is known of the spans of an entry; an entry of a whole service knows only that.
struct KnownShape {
    service: Box<str>,
    operation: Option<(Box<str>, Kind, Status)>,
}

impl Shape for KnownShape {
    fn service(&self) -> Option<&str> {
        Some(&self.service)
    }
    fn op(&self) -> Option<&str> {
        self.operation.as_ref().map(|(op, _, _)| &**op)
    }
    fn kind(&self) -> Option<Kind> {
        self.operation.as_ref().map(|(_, kind, _)| *kind)
    }
    fn status(&self) -> Option<Status> {
        self.operation.as_ref().map(|(_, _, status)| *status)
    }
}

/// Nothing is known.
struct AnyShape;

impl Shape for AnyShape {}

impl Table {
    /// The candidates of a span, worked out where its shape is new.
    pub fn candidates<S: SpanFields + ?Sized>(
        &mut self,
        span: &S,
        questions: &[Option<Question>],
    ) -> &mut Candidates {
        let (service, op, kind, status) = (span.service(), span.name(), span.kind(), span.status());
        let hash = hash_text(hash_text(kind as u64 | (status as u64) << 8, service), op);
        let same = |known: &Known| {
            let operation = known.shape.operation.as_ref();
            *known.shape.service == *service
                && operation.is_some_and(|(own, of, with)| **own == *op && *of == kind && *with == status)
        };
        let is_full = self.shapes.len() >= SHAPES_MAX;
        if is_full && self.shapes.find(hash, same).is_none() {
            return self.of_service(service, questions);
        }
        let new = || KnownShape { service: service.into(), operation: Some((op.into(), kind, status)) };
        find_or_add(&mut self.shapes, hash, same, new, questions)
    }

    /// What a service may concern, for spans whose operation is not kept.
    fn of_service(&mut self, service: &str, questions: &[Option<Question>]) -> &mut Candidates {
        let hash = hash_text(0, service);
        let same = |known: &Known| *known.shape.service == *service;
        if self.services.len() >= SERVICES_MAX && self.services.find(hash, same).is_none() {
            return self.unknown.get_or_insert_with(|| work_out(&AnyShape, questions));
        }
        let new = || KnownShape { service: service.into(), operation: None };
        find_or_add(&mut self.services, hash, same, new, questions)
    }
}

fn find_or_add<'t>(
    table: &'t mut HashTable<Known>,
    hash: u64,
    same: impl Fn(&Known) -> bool,
    new: impl FnOnce() -> KnownShape,
    questions: &[Option<Question>],
) -> &'t mut Candidates {
    let entry = table.entry(hash, |known| known.hash == hash && same(known), |known| known.hash);
    let known = entry.or_insert_with(|| {
        let shape = new();
        let candidates = work_out(&shape, questions);
        Known { hash, shape, candidates }
    });
    &mut known.into_mut().candidates
}

fn work_out(shape: &dyn Shape, questions: &[Option<Question>]) -> Candidates {
    let list = questions.iter().enumerate().filter_map(|(slot, question)| {
        let question = question.as_ref()?.rest_for(shape)?;
        Some(Candidate { slot: slot as u32, question })
    });
    Candidates { list: list.collect(), likely_set: 0 }
}

/// A fast hash of a text. Equality is always checked, so a collision costs time and nothing else.
fn hash_text(seed: u64, text: &str) -> u64 {
    const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
    let fold = |a: u64, b: u64| {
        let product = u128::from(a) * u128::from(b);
        product as u64 ^ (product >> 64) as u64
    };
    let mut hash = seed ^ text.len() as u64;
    let mut chunks = text.as_bytes().chunks_exact(8);
    for chunk in &mut chunks {
        let mut word = [0; 8];
        word.copy_from_slice(chunk);
        hash = fold(hash ^ u64::from_le_bytes(word), ODD);
    }
    let mut word = [0; 8];
    word[..chunks.remainder().len()].copy_from_slice(chunks.remainder());
    fold(hash ^ u64::from_le_bytes(word), ODD) ^ hash.rotate_left(29)
}
