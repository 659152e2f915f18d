//! How well a line of a save file is understood.

use super::matches::{Match, Opaque, WhyOpaque};
use super::model::{Address, Go, Not, Rule};
use super::print::print_rule;
use super::read::LineKind;
use super::targets::Target;
use crate::messages::Fact;

/// The class of a rule's line.
#[derive(Clone, PartialEq, Debug)]
pub enum Class {
    /// Our printer gives the same rule back.
    Exact,
    /// The same packets by another spelling.
    Equivalent,
    /// It is kept word for word, and this is why.
    NotSupported(Fact),
}

impl Class {
    /// As JSON writes it.
    pub fn name(&self) -> &'static str {
        match self {
            Class::Exact => "exact",
            Class::Equivalent => "equivalent",
            Class::NotSupported(_) => "not supported",
        }
    }
}

/// The class of a line; lines that are no rules have none.
pub fn classify(text: &str, kind: &LineKind) -> Option<Class> {
    let LineKind::Rule { chain, rules, fault, .. } = kind else { return None };
    if let Some((fact, _)) = fault {
        return Some(Class::NotSupported(fact.clone()));
    }
    if let Some(fact) = rules.iter().find_map(unsupported) {
        return Some(Class::NotSupported(fact));
    }
    let written = without_counters(text);
    let is_exact = matches!(rules.as_slice(), [rule] if print_rule(chain, rule) == written);
    Some(if is_exact { Class::Exact } else { Class::Equivalent })
}

/// What of a rule has no model here.
pub fn unsupported(rule: &Rule) -> Option<Fact> {
    let of_match = rule.matches.iter().find_map(|of| match of {
        Match::Opaque(Opaque { name, why: WhyOpaque::NotModelled, .. }) => {
            Some(Fact::MatchNotModelled { name: name.clone() })
        }
        Match::Opaque(Opaque { why: WhyOpaque::NotRead, .. }) => Some(Fact::RuleNotRead),
        _ => None,
    });
    let of_target = match &rule.go {
        Some(Go::Jump(Target::Opaque(opaque))) => Some(Fact::TargetNotModelled { name: opaque.name.clone() }),
        _ => None,
    };
    let addresses = [&rule.header.source, &rule.header.destination];
    let host = addresses.into_iter().flatten().find_map(|address| match address {
        Not { value: Address::Host(name), .. } => Some(Fact::HostByName { name: name.clone() }),
        Not { value: Address::Net(_), .. } => None,
    });
    of_match.or(of_target).or(host)
}

/// The line from its command on.
fn without_counters(text: &str) -> &str {
    let text = text.trim();
    match text.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((_, rest)) => rest.trim_start(),
        None => text,
    }
}
