//! Which indicators a span may concern, decided once for all spans of one service, operation and kind,
//! and where the tags stand that are left to ask for, found once for all spans of one layout.

use super::concerns::{Concerns, Decided};
use super::question::{OpenQuestion, Question, TagList, Told};
use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use nines_span::error::{TAGS_CONSULTED, has_failed};
use nines_span::otlp::resource_attribute;
use nines_span::{Class, Kind, SpanFields, SpanRun, ValueRef};
use nines_trace::filter::Shape;
use std::collections::{BTreeSet, HashMap};

/// Shapes kept: 2 MB. 3 000 operations have some 10 000; names with ids in them fill the rest, and spans of
/// shapes beyond it are asked everything their service may concern.
const SHAPES_MAX: usize = 65_536;

/// Services kept apart once shapes are full; beyond it every indicator is asked.
const SERVICES_MAX: usize = 4096;

/// Numberings whose classes are kept: every shard of the generation that is filled and of the one before.
const NUMBERINGS_MAX: usize = 16;

/// Operations and resources kept of one numbering: as many as rows that an inbox generation is filled with.
const NUMBERS_MAX: u32 = 1 << 18;

/// Layouts kept of one numbering; tags of spans beyond it are found by their names.
const LAYOUTS_MAX: usize = 1 << 16;

/// Places of tags kept of one numbering, likewise: 4 MB.
const TAG_PLACES_MAX: usize = 1 << 20;

/// Candidates kept, of all lists together, but for the last list: a few hundred bytes each, and 262 different lists of a thousand. Spans
/// of shapes that come later are asked what their service may concern, or everything.
const CANDIDATES_MAX: usize = 1 << 18;

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
    /// The tags their questions ask for, by their place in the table.
    tags: u32,
    /// Whether events of any of them feed more than their own counts.
    pub feeds: bool,
    /// The set of indicators that the last span of the shape was counted for: the next one's too,
    /// nearly always.
    pub likely_set: u16,
}

/// Candidates of one span, and how to find its tags.
pub(super) struct Asked<'t> {
    pub candidates: &'t mut Candidates,
    tags: &'t TagList,
    /// `None`: tags are to be found by name.
    layout: Option<KnownLayout<'t>>,
}

/// What is known of a span by its layout.
struct KnownLayout<'t> {
    /// For each of the tags asked for, where it stands.
    places: &'t [u32],
    failure: &'t mut Failure,
}

/// The memory of shapes.
///
/// Shapes are told apart by fingerprints of 128 bits: by chance two are the same once in 10²⁸ tables, and
/// who makes them so on purpose could as well have sent the other name.
#[derive(Default)]
pub(super) struct Table {
    /// Every tag that any question asks for.
    consulted: BTreeSet<String>,
    /// Which questions each service may concern.
    concerns: Concerns,
    /// For each slot, whether its events feed more than its own counts.
    feeding: Vec<bool>,
    shapes: HashTable<(u128, u32)>,
    services: HashTable<(u128, u32)>,
    /// What entries refer to; [`NOTHING`] comes first.
    candidates: Vec<Candidates>,
    /// All of their lists together.
    n_candidates: usize,
    /// Their places by what shapes answer.
    kept: HashMap<Kept, u32>,
    unknown: Candidates,
    /// Lists of tags that candidates ask for, each once: many operations ask for the same.
    tag_lists: Vec<TagList>,
    /// What classes tell; the one used last comes first.
    numberings: Vec<Numbering>,
}

/// What some shapes answer: what is left to ask their spans follows from it.
#[derive(PartialEq, Eq, Hash)]
struct Kept {
    is_whole_service: bool,
    decided: Box<[Decided]>,
}

/// What is known of spans by the numbers of one numbering.
#[derive(Default)]
struct Numbering {
    numbering: u64,
    /// Places in [`Table::candidates`] by operation; [`NOT_KNOWN`] until it was met.
    operations: Vec<u32>,
    resources: Vec<Resource>,
    layouts: HashTable<Layout>,
    /// Where tags stand: for each layout as many as its candidates ask for.
    tag_places: Vec<u32>,
}

/// A layout of spans of one kind of which the same tags are asked.
struct Layout {
    asked: AskedOf,
    layout: u32,
    /// Where its own begin in [`Numbering::tag_places`].
    first_place: u32,
    failure: Failure,
}

/// What is asked of spans, and their kind, which decides with the tags whether one failed.
#[derive(Clone, Copy, PartialEq, Eq)]
struct AskedOf {
    tags: u32,
    kind: Kind,
}

/// Tags that a span has of those that decide whether it failed, at most, for that to be kept in mind: one
/// nearly always.
const DECIDING_MAX: usize = 2;

/// Whether the span failed that a layout met last, and what that followed from: the next one has the same
/// values nearly always.
#[derive(Default)]
struct Failure {
    /// Where the tags stand that decide; `None` where there are too many.
    deciding: Option<Deciding>,
    /// Numbers of their values, and whether such a span failed.
    last: Option<([u32; DECIDING_MAX], bool)>,
}

/// A few places.
#[derive(Default)]
struct Deciding {
    places: [u32; DECIDING_MAX],
    n: usize,
}

/// Whether a resource has tags that are asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Resource {
    NotKnown,
    HasNone,
    HasSome,
}

/// The place of the candidates of shapes that concern nothing.
const NOTHING: u32 = 0;

/// Stands for the place of a number that was not met yet.
const NOT_KNOWN: u32 = u32::MAX;

/// Stands for the place of a tag that spans of the layout do not have.
const ABSENT: u32 = u32::MAX;

/// What is known of a span's shape; of a whole service only that.
struct KnownShape<'s> {
    service: &'s str,
    operation: Option<(&'s str, Kind)>,
}

impl Shape for KnownShape<'_> {
    fn service(&self) -> Option<&str> {
        Some(self.service)
    }
    fn op(&self) -> Option<&str> {
        self.operation.map(|(op, _)| op)
    }
    fn kind(&self) -> Option<Kind> {
        self.operation.map(|(_, kind)| kind)
    }
}

/// Nothing is known.
struct AnyShape;

impl Shape for AnyShape {}

impl Asked<'_> {
    /// Appends the indicators that the span is valid for, ascending, and whether it is good.
    #[inline]
    pub fn answer<S: SpanFields + ?Sized>(&mut self, span: &S, answers: &mut Vec<(u32, bool)>) {
        let (list, tags) = (&self.candidates.list, self.tags);
        match &mut self.layout {
            Some(KnownLayout { places, failure }) => {
                let tag = |tag: usize| match places[tag] {
                    ABSENT => None,
                    place => span.tag_at(place),
                };
                let first = tags.of_error();
                let has_failed = first.is_some_and(|first| failure.of(span, |consulted| tag(first + consulted)));
                answer(list, span, answers, &Told { has_failed, tag });
            }
            None => {
                let has_failed = tags.of_error().is_some() && span.is_error();
                answer(list, span, answers, &Told { has_failed, tag: |tag: usize| span.tag(&tags.keys()[tag]) });
            }
        }
    }
}

#[inline]
fn answer<'v, S, T>(list: &[Candidate], span: &S, answers: &mut Vec<(u32, bool)>, told: &Told<T>)
where
    S: SpanFields + ?Sized,
    T: Fn(usize) -> Option<ValueRef<'v>>,
{
    for candidate in list {
        if let Some(is_good) = candidate.question.answer(span, told) {
            answers.push((candidate.slot, is_good));
        }
    }
}

impl Failure {
    /// Of a layout whose tags of [`TAGS_CONSULTED`] stand at `places`.
    fn new(places: &[u32]) -> Failure {
        let mut deciding = Deciding::default();
        for place in places.iter().filter(|place| **place != ABSENT) {
            if deciding.n == DECIDING_MAX {
                return Failure::default();
            }
            deciding.places[deciding.n] = *place;
            deciding.n += 1;
        }
        Failure { deciding: Some(deciding), last: None }
    }

    /// Whether a span of the layout failed; `tag` finds what decides.
    #[inline]
    fn of<'v, S: SpanFields + ?Sized>(&mut self, span: &S, tag: impl Fn(usize) -> Option<ValueRef<'v>>) -> bool {
        let numbers = self.deciding.as_ref().and_then(|deciding| deciding.numbers(span));
        match (numbers, self.last) {
            (Some(numbers), Some((known, failed))) if numbers == known => failed,
            _ => {
                let failed = has_failed(span.kind(), span.status(), tag);
                self.last = numbers.map(|numbers| (numbers, failed));
                failed
            }
        }
    }
}

impl Deciding {
    /// The numbers of the values; `None` where whoever holds the span gives none.
    #[inline]
    fn numbers<S: SpanFields + ?Sized>(&self, span: &S) -> Option<[u32; DECIDING_MAX]> {
        let mut numbers = [0; DECIDING_MAX];
        for (number, place) in numbers.iter_mut().zip(&self.places[..self.n]) {
            *number = span.tag_number_at(*place)?;
        }
        Some(numbers)
    }
}

impl Table {
    /// A memory for these questions; `feeding` says of each whether its events feed more than its own counts.
    pub fn new(questions: &[Option<Question>], feeding: Vec<bool>) -> Table {
        let mut consulted = BTreeSet::new();
        for question in questions.iter().flatten() {
            question.visit_tags(|key| {
                consulted.insert(key.to_owned());
            });
        }
        let mut table = Table { consulted, feeding, candidates: vec![Candidates::default()], ..Table::default() };
        table.concerns = Concerns::of(questions);
        table.unknown = table.work_out(&AnyShape, &table.concerns.decide(&AnyShape, questions), questions);
        table
    }

    /// The candidates of a span, worked out where its class and shape are new; `None` where it concerns nothing.
    #[inline]
    pub fn asked<S: SpanFields + ?Sized>(&mut self, span: &S, questions: &[Option<Question>]) -> Option<Asked<'_>> {
        let class = span.class().filter(|class| class.operation < NUMBERS_MAX && class.resource < NUMBERS_MAX);
        let place = match class {
            Some(class) => self.place_of_class(class, span, questions),
            None => self.place(span, questions),
        };
        let Some(place) = place else {
            let candidates = &mut self.unknown;
            let tags = &self.tag_lists[candidates.tags as usize];
            return Some(Asked { candidates, tags, layout: None });
        };
        let candidates = &mut self.candidates[place as usize];
        if candidates.list.is_empty() {
            return None;
        }
        let tags = &self.tag_lists[candidates.tags as usize];
        let asked = AskedOf { tags: candidates.tags, kind: span.kind() };
        // The numbering of the class comes first now.
        let numbering = class.and_then(|class| Some((self.numberings.first_mut()?, class)));
        let layout = numbering.and_then(|(first, class)| first.layout(class, asked, span, tags, &self.consulted));
        Some(Asked { candidates, tags, layout })
    }

    /// The spans of a run that may concern something, by their places in it: all but those of operations that are known
    /// to concern nothing, which nearly all are where few are judged. Of them nothing is read but the operation's number.
    pub fn concerned(&mut self, run: &dyn SpanRun, concerned: &mut Vec<usize>) {
        let Some((numbering, operations)) = run.operations() else { return concerned.extend(0..run.len()) };
        let known = &self.numbering(numbering).operations;
        // Written whether it is one or not, and kept if it is: which it is cannot be foretold.
        let mut n_concerned = 0;
        concerned.resize(operations.len(), 0);
        for (at, operation) in operations.iter().enumerate() {
            concerned[n_concerned] = at;
            n_concerned += usize::from(known.get(*operation as usize) != Some(&NOTHING));
        }
        concerned.truncate(n_concerned);
    }

    #[inline]
    fn place_of_class<S: SpanFields + ?Sized>(
        &mut self,
        class: Class,
        span: &S,
        questions: &[Option<Question>],
    ) -> Option<u32> {
        let at = class.operation as usize;
        match self.numbering(class.numbering).operations.get(at) {
            Some(&place) if place != NOT_KNOWN => return Some(place),
            _ => {}
        }
        let place = self.place(span, questions)?;
        let operations = &mut self.numbering(class.numbering).operations;
        if operations.len() <= at {
            operations.resize(at + 1, NOT_KNOWN);
        }
        operations[at] = place;
        Some(place)
    }

    /// The place of a span's candidates; `None` where neither its shape nor its service is kept.
    fn place<S: SpanFields + ?Sized>(&mut self, span: &S, questions: &[Option<Question>]) -> Option<u32> {
        let (service, op, kind) = (span.service(), span.name(), span.kind());
        let fingerprint = Fingerprint::new(kind as u64).text(service).text(op).finish();
        if let Some(known) = find(&self.shapes, fingerprint) {
            return Some(known);
        }
        let shape = KnownShape { service, operation: Some((op, kind)) };
        let kept = if self.shapes.len() < SHAPES_MAX { self.keep(&shape, questions) } else { None };
        let Some(place) = kept else { return self.place_of_service(service, questions) };
        add(&mut self.shapes, fingerprint, place);
        Some(place)
    }

    /// What a service may concern, for spans whose operation is not kept.
    fn place_of_service(&mut self, service: &str, questions: &[Option<Question>]) -> Option<u32> {
        let fingerprint = Fingerprint::new(0).text(service).finish();
        if let Some(known) = find(&self.services, fingerprint) {
            return Some(known);
        }
        if self.services.len() == SERVICES_MAX {
            return None;
        }
        let place = self.keep(&KnownShape { service, operation: None }, questions)?;
        add(&mut self.services, fingerprint, place);
        Some(place)
    }

    /// What is known of a numbering, which comes first now.
    #[inline]
    fn numbering(&mut self, numbering: u64) -> &mut Numbering {
        if self.numberings.first().is_none_or(|first| first.numbering != numbering) {
            self.bring_first(numbering);
        }
        &mut self.numberings[0]
    }

    /// The numbering that was used longest ago makes room for a new one.
    fn bring_first(&mut self, numbering: u64) {
        let known = self.numberings.iter().position(|known| known.numbering == numbering);
        let first = match known {
            Some(at) => self.numberings.remove(at),
            None => Numbering { numbering, ..Numbering::default() },
        };
        self.numberings.truncate(NUMBERINGS_MAX - 1);
        self.numberings.insert(0, first);
    }

    /// Where the candidates of a shape are kept: once for all shapes that answer as much of the same questions, so that
    /// names with ids in them take no memory for each. `None` where there is no room for them.
    fn keep(&mut self, shape: &KnownShape<'_>, questions: &[Option<Question>]) -> Option<u32> {
        if self.n_candidates >= CANDIDATES_MAX {
            return None;
        }
        let decided = self.concerns.decide(shape, questions);
        if decided.is_empty() {
            return Some(NOTHING);
        }
        let kept = Kept { is_whole_service: shape.operation.is_none(), decided };
        if let Some(place) = self.kept.get(&kept) {
            return Some(*place);
        }
        let candidates = self.work_out(shape, &kept.decided, questions);
        self.n_candidates += candidates.list.len();
        self.candidates.push(candidates);
        let place = (self.candidates.len() - 1) as u32;
        self.kept.insert(kept, place);
        Some(place)
    }

    fn work_out(&mut self, shape: &dyn Shape, decided: &[Decided], questions: &[Option<Question>]) -> Candidates {
        let mut tags = TagList::default();
        let of_slot = |&(slot, verdicts): &Decided| {
            let question = questions[slot as usize].as_ref()?.rest_for(shape, verdicts, &mut tags);
            Some(Candidate { slot, question })
        };
        let list: Box<[Candidate]> = decided.iter().filter_map(of_slot).collect();
        let feeds = list.iter().any(|candidate| self.feeding.get(candidate.slot as usize).copied().unwrap_or(false));
        let known = self.tag_lists.iter().position(|known| *known == tags);
        let tags = known.unwrap_or_else(|| {
            self.tag_lists.push(tags);
            self.tag_lists.len() - 1
        });
        Candidates { list, tags: tags as u32, feeds, likely_set: 0 }
    }
}

impl Numbering {
    /// What the span's layout tells; `None` where its tags must be found by name.
    #[inline]
    fn layout<S: SpanFields + ?Sized>(
        &mut self,
        class: Class,
        asked: AskedOf,
        span: &S,
        tags: &TagList,
        consulted: &BTreeSet<String>,
    ) -> Option<KnownLayout<'_>> {
        let known = self.resources.get(class.resource as usize).copied().unwrap_or(Resource::NotKnown);
        let resource = if known == Resource::NotKnown { self.look_at_resource(class, span, consulted) } else { known };
        if resource == Resource::HasSome {
            return None;
        }
        let is_it = |known: &Layout| known.asked == asked && known.layout == class.layout;
        let rehash = |known: &Layout| layout_hash(known.asked, known.layout);
        let is_full = self.layouts.len() >= LAYOUTS_MAX || self.tag_places.len() >= TAG_PLACES_MAX;
        let known = match self.layouts.entry(layout_hash(asked, class.layout), is_it, rehash) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(_) if is_full => return None,
            Entry::Vacant(place) => place.insert(new_layout(class, asked, span, tags, &mut self.tag_places)).into_mut(),
        };
        let first = known.first_place as usize;
        Some(KnownLayout { places: &self.tag_places[first..first + tags.keys().len()], failure: &mut known.failure })
    }

    fn look_at_resource<S: SpanFields + ?Sized>(
        &mut self,
        class: Class,
        span: &S,
        consulted: &BTreeSet<String>,
    ) -> Resource {
        let bytes = span.resource_bytes();
        let has_some = consulted.iter().any(|key| resource_attribute(bytes, key).is_some());
        let at = class.resource as usize;
        if self.resources.len() <= at {
            self.resources.resize(at + 1, Resource::NotKnown);
        }
        self.resources[at] = if has_some { Resource::HasSome } else { Resource::HasNone };
        self.resources[at]
    }
}

fn new_layout<S: SpanFields + ?Sized>(
    class: Class,
    asked: AskedOf,
    span: &S,
    tags: &TagList,
    tag_places: &mut Vec<u32>,
) -> Layout {
    let first = tag_places.len();
    tag_places.extend(tags.keys().iter().map(|key| span.tag_place(key).unwrap_or(ABSENT)));
    let of_error = tags.of_error().map(|of_error| first + of_error);
    let failure = of_error.map(|at| Failure::new(&tag_places[at..at + TAGS_CONSULTED.len()])).unwrap_or_default();
    Layout { asked, layout: class.layout, first_place: first as u32, failure }
}

/// The high bits of the product depend on all bits of both numbers, and the table looks at those too.
fn layout_hash(asked: AskedOf, layout: u32) -> u64 {
    let product = (u64::from(asked.tags) << 35 | (asked.kind as u64) << 32 | u64::from(layout))
        .wrapping_mul(0x9e37_79b9_7f4a_7c15);
    product ^ product >> 32
}

fn find(table: &HashTable<(u128, u32)>, fingerprint: u128) -> Option<u32> {
    table.find(fingerprint as u64, |known| known.0 == fingerprint).map(|known| known.1)
}

fn add(table: &mut HashTable<(u128, u32)>, fingerprint: u128, place: u32) {
    table.insert_unique(fingerprint as u64, (fingerprint, place), |known| known.0 as u64);
}

/// Two independent mixes of the same words.
#[derive(Clone, Copy)]
pub(super) struct Fingerprint(u64, u64);

impl Fingerprint {
    pub fn new(seed: u64) -> Fingerprint {
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
    pub fn text(self, text: &str) -> Fingerprint {
        let bytes = text.as_bytes();
        let mut mixed = self.word(bytes.len() as u64);
        let Some(last) = bytes.last_chunk::<8>() else { return mixed.word(short_word(bytes)) };
        for chunk in bytes[..bytes.len() - 1].as_chunks::<8>().0 {
            mixed = mixed.word(u64::from_le_bytes(*chunk));
        }
        mixed.word(u64::from_le_bytes(*last))
    }

    pub fn finish(self) -> u128 {
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
