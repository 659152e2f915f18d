//! Which indicators a span may concern, decided once for all spans of one service, operation, kind and
//! status, then looked up.

use super::question::{OpenQuestion, Question};
use hashbrown::HashTable;
use nines_span::{Class, Kind, SpanFields, Status};
use nines_trace::filter::Shape;

/// Shapes kept. 3 000 operations have some 10 000; names with ids in them fill the rest, and spans of
/// shapes beyond it are asked everything their service may concern.
const SHAPES_MAX: usize = 65_536;

/// Services kept apart once shapes are full; beyond it every indicator is asked.
const SERVICES_MAX: usize = 4096;

/// Numberings whose classes are kept: every shard of the generation that is filled and of the one before.
const NUMBERINGS_MAX: usize = 16;

/// Classes kept of one numbering: as many as operations that an inbox generation is filled with.
const CLASSES_MAX: usize = 1 << 18;

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
///
/// Shapes are told apart by fingerprints of 128 bits: by chance two are the same once in 10²⁸ tables, and
/// who makes them so on purpose could as well have sent the other name.
#[derive(Default)]
pub(super) struct Table {
    shapes: HashTable<(u128, u32)>,
    services: HashTable<(u128, u32)>,
    /// What entries refer to; the first is that of shapes that concern nothing.
    candidates: Vec<Candidates>,
    unknown: Option<Candidates>,
    /// What classes refer to, by numbering; the one used last comes first.
    classes: Vec<Classes>,
}

/// The classes of one numbering.
struct Classes {
    numbering: u64,
    /// Places in [`Table::candidates`] by number; [`NOT_KNOWN`] until the class was met.
    places: Vec<u32>,
}

/// Stands for the place of a class that was not met yet.
const NOT_KNOWN: u32 = u32::MAX;

/// What is known of a span's shape; of a whole service only that.
struct KnownShape<'s> {
    service: &'s str,
    operation: Option<(&'s str, Kind, Status)>,
}

impl Shape for KnownShape<'_> {
    fn service(&self) -> Option<&str> {
        Some(self.service)
    }
    fn op(&self) -> Option<&str> {
        self.operation.map(|(op, _, _)| op)
    }
    fn kind(&self) -> Option<Kind> {
        self.operation.map(|(_, kind, _)| kind)
    }
    fn status(&self) -> Option<Status> {
        self.operation.map(|(_, _, status)| status)
    }
}

/// Nothing is known.
struct AnyShape;

impl Shape for AnyShape {}

impl Table {
    /// The candidates of a span, worked out where its class and shape are new.
    pub fn candidates<S: SpanFields + ?Sized>(&mut self, span: &S, questions: &[Option<Question>]) -> &mut Candidates {
        let class = span.class().filter(|class| (class.number as usize) < CLASSES_MAX);
        let known = class.and_then(|class| self.classes_of(class.numbering).get(class.number as usize).copied());
        let place = match known {
            Some(place) if place != NOT_KNOWN => Some(place as usize),
            _ => self.place(span, questions),
        };
        match (place, class) {
            (Some(place), Some(class)) if known != Some(place as u32) => self.note(class, place),
            _ => {}
        }
        match place {
            Some(place) => &mut self.candidates[place],
            None => self.unknown.get_or_insert_with(|| work_out(&AnyShape, questions)),
        }
    }

    /// The place of a span's candidates; `None` where neither its shape nor its service is kept.
    fn place<S: SpanFields + ?Sized>(&mut self, span: &S, questions: &[Option<Question>]) -> Option<usize> {
        let (service, op, kind, status) = (span.service(), span.name(), span.kind(), span.status());
        let fingerprint = Fingerprint::new(kind as u64 | (status as u64) << 8).text(service).text(op).finish();
        if let Some(known) = find(&self.shapes, fingerprint) {
            return Some(known);
        }
        if self.shapes.len() < SHAPES_MAX {
            let shape = KnownShape { service, operation: Some((op, kind, status)) };
            let place = self.keep(work_out(&shape, questions));
            add(&mut self.shapes, fingerprint, place);
            return Some(place);
        }
        self.place_of_service(service, questions)
    }

    /// What a service may concern, for spans whose operation is not kept.
    fn place_of_service(&mut self, service: &str, questions: &[Option<Question>]) -> Option<usize> {
        let fingerprint = Fingerprint::new(0).text(service).finish();
        if let Some(known) = find(&self.services, fingerprint) {
            return Some(known);
        }
        if self.services.len() == SERVICES_MAX {
            return None;
        }
        let place = self.keep(work_out(&KnownShape { service, operation: None }, questions));
        add(&mut self.services, fingerprint, place);
        Some(place)
    }

    /// The known places of a numbering's classes.
    #[inline]
    fn classes_of(&mut self, numbering: u64) -> &mut Vec<u32> {
        if self.classes.first().is_none_or(|first| first.numbering != numbering) {
            self.bring_first(numbering);
        }
        &mut self.classes[0].places
    }

    /// The numbering that was used longest ago makes room for a new one.
    fn bring_first(&mut self, numbering: u64) {
        let known = self.classes.iter().position(|classes| classes.numbering == numbering);
        let classes = match known {
            Some(at) => self.classes.remove(at),
            None => Classes { numbering, places: Vec::new() },
        };
        self.classes.truncate(NUMBERINGS_MAX - 1);
        self.classes.insert(0, classes);
    }

    fn note(&mut self, class: Class, place: usize) {
        let places = self.classes_of(class.numbering);
        if places.len() <= class.number as usize {
            places.resize(class.number as usize + 1, NOT_KNOWN);
        }
        places[class.number as usize] = place as u32;
    }

    fn keep(&mut self, candidates: Candidates) -> usize {
        if self.candidates.is_empty() {
            self.candidates.push(Candidates::default());
        }
        if candidates.list.is_empty() {
            return 0;
        }
        self.candidates.push(candidates);
        self.candidates.len() - 1
    }
}

fn find(table: &HashTable<(u128, u32)>, fingerprint: u128) -> Option<usize> {
    table.find(fingerprint as u64, |known| known.0 == fingerprint).map(|known| known.1 as usize)
}

fn add(table: &mut HashTable<(u128, u32)>, fingerprint: u128, place: usize) {
    table.insert_unique(fingerprint as u64, (fingerprint, place as u32), |known| known.0 as u64);
}

fn work_out(shape: &dyn Shape, questions: &[Option<Question>]) -> Candidates {
    let list = questions.iter().enumerate().filter_map(|(slot, question)| {
        let question = question.as_ref()?.rest_for(shape)?;
        Some(Candidate { slot: slot as u32, question })
    });
    Candidates { list: list.collect(), likely_set: 0 }
}

/// Two independent mixes of the same words.
#[derive(Clone, Copy)]
struct Fingerprint(u64, u64);

impl Fingerprint {
    fn new(seed: u64) -> Fingerprint {
        Fingerprint(0x2545_f491_4f6c_dd1d, 0xd6e8_feb8_6659_fd93).word(seed)
    }

    fn word(self, word: u64) -> Fingerprint {
        let fold = |a: u64, b: u64| {
            let product = u128::from(a) * u128::from(b);
            product as u64 ^ (product >> 64) as u64
        };
        // Adding the state before keeps what came earlier where a product happens to be zero.
        let first = fold(self.0 ^ word, 0x9e37_79b9_7f4a_7c15).wrapping_add(self.0.rotate_left(23));
        let second = fold(self.1 ^ word, 0xc2b2_ae3d_27d4_eb4f).wrapping_add(self.1.rotate_left(41));
        Fingerprint(first, second)
    }

    /// Eight bytes at a time, the last eight overlapping those before; the length comes first, so texts
    /// in a row cannot run into each other.
    fn text(self, text: &str) -> Fingerprint {
        let bytes = text.as_bytes();
        let mut mixed = self.word(bytes.len() as u64);
        let Some(last) = bytes.last_chunk::<8>() else { return mixed.word(short_word(bytes)) };
        for chunk in bytes[..bytes.len() - 1].as_chunks::<8>().0 {
            mixed = mixed.word(u64::from_le_bytes(*chunk));
        }
        mixed.word(u64::from_le_bytes(*last))
    }

    fn finish(self) -> u128 {
        let Fingerprint(first, second) = self.word(0);
        u128::from(second) << 64 | u128::from(first)
    }
}

/// Up to seven bytes as a word.
fn short_word(bytes: &[u8]) -> u64 {
    match (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        (Some(first), Some(last)) => u64::from(u32::from_le_bytes(*first)) | u64::from(u32::from_le_bytes(*last)) << 32,
        _ => bytes.iter().fold(0, |word, &byte| word << 8 | u64::from(byte)),
    }
}
