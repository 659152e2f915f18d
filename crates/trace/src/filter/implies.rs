//! Proves that one filter is narrower than another, term by term: does good imply total?
//!
//! Sound and simple. A term of the wider filter is proven when one term of the narrower entails it by
//! itself; what several terms entail only together, and what no span could ever satisfy, is not seen.

use super::print::print_term;
use super::term::*;
use super::value::TagValue;
use nines_base::FineMicros;
use std::ops::Range;

/// The outcome of a proof.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Proof {
    /// Every span that satisfies the first filter satisfies the second.
    Proven,
    /// No term of the first filter entails this one of the second.
    NotProven {
        /// The term as the language writes it.
        term: String,
        /// Its characters in the second filter's text.
        at: Range<usize>,
    },
}

pub(super) fn prove(narrow: &[Term], wide: &[Term]) -> Proof {
    match wide.iter().find(|term| !narrow.iter().any(|known| entails(known, term))) {
        None => Proof::Proven,
        Some(term) => Proof::NotProven { term: print_term(term), at: term.at.clone() },
    }
}

fn entails(known: &Term, asked: &Term) -> bool {
    if known.same(asked) {
        return true;
    }
    match (&known.test, &asked.test) {
        // Every span has a kind and ids, so a negation of these is a test of its own.
        (Test::Kind(a), Test::Kind(b)) => {
            let given = |kinds: KindSet, negated| if negated { kinds.complement() } else { kinds };
            given(*a, known.negated).is_subset(given(*b, asked.negated))
        }
        (Test::Trace(a), Test::Trace(b)) => membership_entails(&flip(a, known.negated), &flip(b, asked.negated)),
        (Test::Id(a), Test::Id(b)) => membership_entails(&flip(a, known.negated), &flip(b, asked.negated)),
        (Test::Name { field: a, compare: p }, Test::Name { field: b, compare: q }) => {
            a == b && by_sign(known.negated, asked.negated, p, q)
        }
        (Test::Duration(p), Test::Duration(q)) => by_sign(known.negated, asked.negated, p, q),
        (Test::Tag { key: a, compare: p }, Test::Tag { key: b, compare: q }) => {
            a == b && by_sign(known.negated, asked.negated, p, q)
        }
        _ => false,
    }
}

/// A comparison that holds only where its field is there.
trait Comparison {
    /// Whether every value that satisfies this satisfies `other`.
    fn within(&self, other: &Self) -> bool;
    /// Whether no value satisfies both.
    fn excludes(&self, other: &Self) -> bool;
}

/// Entailment between comparisons of one field, each perhaps negated: a negated one also holds
/// where the field is missing.
fn by_sign<C: Comparison>(known_negated: bool, asked_negated: bool, known: &C, asked: &C) -> bool {
    match (known_negated, asked_negated) {
        (false, false) => known.within(asked),
        (false, true) => known.excludes(asked),
        (true, true) => asked.within(known),
        (true, false) => false,
    }
}

fn flip<V: Clone>(values: &Membership<V>, negated: bool) -> Membership<V> {
    Membership { any_of: values.any_of.clone(), inverted: values.inverted != negated }
}

fn membership_entails<V: PartialEq>(known: &Membership<V>, asked: &Membership<V>) -> bool {
    membership_within(known, asked, |a, b| a == b, |a, b| a == b)
}

/// `same`: whether two written values ask the same. `may_coincide`: whether one value could be both.
fn membership_within<V>(
    known: &Membership<V>,
    asked: &Membership<V>,
    same: impl Fn(&V, &V) -> bool,
    may_coincide: impl Fn(&V, &V) -> bool,
) -> bool {
    match (known.inverted, asked.inverted) {
        (false, false) => known.any_of.iter().all(|a| asked.any_of.iter().any(|b| same(a, b))),
        (false, true) => !known.any_of.iter().any(|a| asked.any_of.iter().any(|b| may_coincide(a, b))),
        (true, true) => asked.any_of.iter().all(|b| known.any_of.iter().any(|a| same(a, b))),
        (true, false) => false,
    }
}

/// The range one order leaves lies within the other's.
fn order_within<V: Ord>(known: (Order, &V), asked: (Order, &V)) -> bool {
    let ((known_order, known_limit), (asked_order, asked_limit)) = (known, asked);
    let between = known_limit.cmp(asked_limit);
    match (known_order, asked_order) {
        (Order::Lt | Order::Le, Order::Le) | (Order::Lt, Order::Lt) => between.is_le(),
        (Order::Le, Order::Lt) => between.is_lt(),
        (Order::Gt | Order::Ge, Order::Ge) | (Order::Gt, Order::Gt) => between.is_ge(),
        (Order::Ge, Order::Gt) => between.is_gt(),
        _ => false,
    }
}

/// The ranges that two orders leave do not meet.
fn orders_apart<V: Ord>(a: (Order, &V), b: (Order, &V)) -> bool {
    let opposite = match b.0 {
        Order::Lt => Order::Ge,
        Order::Le => Order::Gt,
        Order::Gt => Order::Le,
        Order::Ge => Order::Lt,
    };
    order_within(a, (opposite, b.1))
}

impl Comparison for NameCompare {
    fn within(&self, other: &NameCompare) -> bool {
        let same = |a: &String, b: &String| a.eq_ignore_ascii_case(b);
        match (self, other) {
            (NameCompare::In(a), NameCompare::In(b)) => membership_within(a, b, same, same),
            (NameCompare::In(a), NameCompare::Like(b)) => {
                !a.inverted && b.any_of.iter().all(case_blind) && a.any_of.iter().all(|name| b.holds(name))
            }
            (NameCompare::Like(a), NameCompare::Like(b)) => a == b,
            (NameCompare::Like(_), NameCompare::In(_)) => false,
        }
    }

    fn excludes(&self, other: &NameCompare) -> bool {
        self.within(&match other {
            NameCompare::In(names) => NameCompare::In(flip(names, true)),
            NameCompare::Like(patterns) => NameCompare::Like(flip_patterns(patterns)),
        })
    }
}

/// Whether a pattern cannot tell upper from lower case: it does not set flags of its own.
fn case_blind(pattern: &Pattern) -> bool {
    !pattern.text().contains("(?")
}

fn flip_patterns(patterns: &Likeness) -> Likeness {
    Likeness { any_of: patterns.any_of.clone(), inverted: !patterns.inverted }
}

impl Comparison for DurationCompare {
    fn within(&self, other: &DurationCompare) -> bool {
        match (self, other) {
            (DurationCompare::In(a), DurationCompare::In(b)) => membership_entails(a, b),
            (DurationCompare::In(a), DurationCompare::Ordered(..)) => {
                !a.inverted && a.any_of.iter().all(|length| other.holds(*length))
            }
            (DurationCompare::Ordered(a, limit_a), DurationCompare::Ordered(b, limit_b)) => {
                order_within((*a, limit_a), (*b, limit_b))
            }
            (DurationCompare::Ordered(..), DurationCompare::In(b)) => {
                b.inverted && !b.any_of.iter().any(|length| self.holds(*length))
            }
        }
    }

    fn excludes(&self, other: &DurationCompare) -> bool {
        let holds_none = |lengths: &[FineMicros], compare: &DurationCompare| !lengths.iter().any(|l| compare.holds(*l));
        match (self, other) {
            (_, DurationCompare::In(b)) => self.within(&DurationCompare::In(flip(b, true))),
            (DurationCompare::In(a), DurationCompare::Ordered(..)) => !a.inverted && holds_none(&a.any_of, other),
            (DurationCompare::Ordered(a, limit_a), DurationCompare::Ordered(b, limit_b)) => {
                orders_apart((*a, limit_a), (*b, limit_b))
            }
        }
    }
}

impl Comparison for TagCompare {
    fn within(&self, other: &TagCompare) -> bool {
        match (self, other) {
            (_, TagCompare::Exists) => true,
            (TagCompare::In(a), TagCompare::In(b)) => {
                membership_within(a, b, |a, b| a.text == b.text, TagValue::may_coincide)
            }
            (TagCompare::In(a), TagCompare::Like(b)) => {
                // A number sent as a number may have another text than the one written.
                !a.inverted && a.any_of.iter().all(|value| value.number.is_none() && b.holds(&value.text))
            }
            (TagCompare::In(a), TagCompare::Ordered(order, limit)) => {
                let allows = |value: &TagValue| ordered(value, limit).is_some_and(|between| order.allows(between));
                !a.inverted && a.any_of.iter().all(allows)
            }
            (TagCompare::Like(a), TagCompare::Like(b)) => a == b,
            (TagCompare::Ordered(order, limit), TagCompare::In(b)) => {
                let allows = |value: &TagValue| ordered(value, limit).is_some_and(|between| order.allows(between));
                b.inverted && !b.any_of.iter().any(allows)
            }
            (TagCompare::Ordered(a, limit_a), TagCompare::Ordered(b, limit_b)) => {
                match (limit_a.number, limit_b.number) {
                    (Some(limit_a), Some(limit_b)) => order_within((*a, &limit_a), (*b, &limit_b)),
                    _ => false,
                }
            }
            (TagCompare::Exists | TagCompare::Like(_), _) | (TagCompare::Ordered(..), TagCompare::Like(_)) => false,
        }
    }

    fn excludes(&self, other: &TagCompare) -> bool {
        match (self, other) {
            (_, TagCompare::Exists) => false,
            (_, TagCompare::In(b)) => self.within(&TagCompare::In(flip(b, true))),
            (_, TagCompare::Like(b)) => self.within(&TagCompare::Like(flip_patterns(b))),
            (TagCompare::In(a), TagCompare::Ordered(order, limit)) => {
                let allows = |value: &TagValue| ordered(value, limit).is_some_and(|between| order.allows(between));
                !a.inverted && !a.any_of.iter().any(allows)
            }
            (TagCompare::Ordered(a, limit_a), TagCompare::Ordered(b, limit_b)) => {
                match (limit_a.number, limit_b.number) {
                    (Some(limit_a), Some(limit_b)) => orders_apart((*a, &limit_a), (*b, &limit_b)),
                    _ => true,
                }
            }
            _ => false,
        }
    }
}

fn ordered(value: &TagValue, limit: &TagValue) -> Option<std::cmp::Ordering> {
    Some(value.number?.cmp(&limit.number?))
}
