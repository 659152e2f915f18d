//! Decides a filter for many spans at once, from what they have in common.

use super::term::*;
use crate::names::lower_is;
use nines_span::{Kind, Status, error};

/// What is known of a set of spans. Every answer is about all of them; `None` means that it is not
/// known or not the same on all. A store's block may know little, one span's shape nearly everything.
pub trait Shape {
    /// Local service name as sent; empty when unknown to the sender.
    fn service(&self) -> Option<&str> {
        None
    }
    /// Operation name as sent.
    fn op(&self) -> Option<&str> {
        None
    }
    /// Remote service name as sent.
    fn remote(&self) -> Option<&str> {
        None
    }
    /// Role.
    fn kind(&self) -> Option<Kind> {
        None
    }
    /// OTLP's status; `Unset` for Zipkin spans.
    fn status(&self) -> Option<Status> {
        None
    }
    /// Whether they continue their caller's id.
    fn shared(&self) -> Option<bool> {
        None
    }
    /// Whether they carry Zipkin's debug flag.
    fn debug(&self) -> Option<bool> {
        None
    }
    /// Whether they have no parent.
    fn root(&self) -> Option<bool> {
        None
    }
    /// Whether all have a tag of this name, their own or their resource's (`Some(true)`), or none has.
    fn has_tag(&self, _key: &str) -> Option<bool> {
        None
    }
}

/// What a shape says about a filter.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Verdict {
    /// No span of the shape matches.
    Never,
    /// Every span of the shape matches.
    Always,
    /// It depends on the span.
    AskSpan,
}

pub(super) fn decide<K: Shape + ?Sized>(terms: &[Term], shape: &K) -> Verdict {
    let mut verdict = Verdict::Always;
    for term in terms {
        match decide_term(term, shape) {
            Some(true) => {}
            Some(false) => return Verdict::Never,
            None => verdict = Verdict::AskSpan,
        }
    }
    verdict
}

pub(super) fn open_terms<K: Shape + ?Sized>(terms: &[Term], shape: &K) -> Vec<Term> {
    terms.iter().filter(|term| decide_term(term, shape).is_none()).cloned().collect()
}

/// Which terms of a filter a shape leaves open.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct OpenTerms {
    /// A bit for each of the first terms; those beyond count as open.
    bits: u64,
}

impl OpenTerms {
    pub(super) fn of<K: Shape + ?Sized>(terms: &[Term], shape: &K) -> OpenTerms {
        let open = terms.iter().take(64).enumerate().filter(|(_, term)| decide_term(term, shape).is_none());
        OpenTerms { bits: open.fold(0, |bits, (at, _)| bits | 1 << at) }
    }

    pub(super) fn has(self, at: usize) -> bool {
        at >= 64 || self.bits >> at & 1 == 1
    }
}

fn decide_term<K: Shape + ?Sized>(term: &Term, shape: &K) -> Option<bool> {
    decide_test(&term.test, shape).map(|holds| holds != term.negated)
}

fn decide_test<K: Shape + ?Sized>(test: &Test, shape: &K) -> Option<bool> {
    match test {
        Test::Name { field, compare } => name_of(*field, shape).map(|name| !name.is_empty() && compare.holds(name)),
        Test::Kind(kinds) => match shape.kind() {
            Some(kind) => Some(kinds.contains(kind)),
            None if *kinds == KindSet::ALL => Some(true),
            None => kinds.is_empty().then_some(false),
        },
        Test::Flag(Flag::Error) => decide_error(shape),
        Test::Flag(Flag::Root) => shape.root(),
        Test::Flag(Flag::Shared) => shape.shared(),
        Test::Flag(Flag::Debug) => shape.debug(),
        Test::Tag { compare, .. } if !compare.can_hold() => Some(false),
        Test::Tag { key, compare } => match shape.has_tag(key) {
            Some(true) if *compare == TagCompare::Exists => Some(true),
            Some(true) | None => None,
            Some(false) => Some(false),
        },
        Test::Zipkin(ZipkinTest::Name { field, lower }) => name_of(*field, shape).map(|name| lower_is(name, lower)),
        Test::Zipkin(ZipkinTest::Tag { key, .. }) => (shape.has_tag(key) == Some(false)).then_some(false),
        Test::Zipkin(ZipkinTest::AnnotationOrKey(key)) => (shape.has_tag(key) == Some(true)).then_some(true),
        Test::Duration(_) | Test::Trace(_) | Test::Id(_) | Test::Zipkin(ZipkinTest::Duration { .. }) => None,
    }
}

fn name_of<K: Shape + ?Sized>(field: NameField, shape: &K) -> Option<&str> {
    match field {
        NameField::Service => shape.service(),
        NameField::Op => shape.op(),
        NameField::Remote => shape.remote(),
    }
}

/// Without any of the tags that the rules consult, the status alone decides.
fn decide_error<K: Shape + ?Sized>(shape: &K) -> Option<bool> {
    match shape.status()? {
        Status::Error => Some(true),
        Status::Ok => Some(false),
        Status::Unset => {
            let none = error::TAGS_CONSULTED.iter().all(|key| shape.has_tag(key) == Some(false));
            none.then_some(false)
        }
    }
}
