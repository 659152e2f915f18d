//! One file of both families: what is the same in both stands once.

use super::inbound::Said;
use super::parts::Parts;
use crate::intent::{Fate, Ports, Want};
use crate::net::{Family, Net, Protocol};

/// Lines of `inbound` for both families, and what happens otherwise.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Joined {
    pub(super) said: Vec<Said>,
    pub(super) otherwise: Fate,
}

/// Joins IPv4 and IPv6. What only one of them has is limited to it, each family's lines stay in their order, and where
/// they end differently a last line says so of one.
pub(super) fn joined(v4: &Parts, v6: &Parts) -> Joined {
    let mut said = Vec::new();
    let mut rest = v6.said.as_slice();
    for one in &v4.said {
        let twin =
            rest.iter().position(|other| other.from.is_empty() && (&other.want, other.log) == (&one.want, one.log));
        match twin.filter(|_| one.from.is_empty()) {
            Some(nth) => {
                let (before, after) = rest.split_at(nth);
                said.extend(before.iter().map(|other| limited(other, Family::V6)));
                said.push(Said {
                    comment: one.comment.clone().or(after.first().and_then(|twin| twin.comment.clone())),
                    ..one.clone()
                });
                rest = after.get(1..).unwrap_or_default();
            }
            None => said.push(limited(one, Family::V4)),
        }
    }
    said.extend(rest.iter().map(|other| limited(other, Family::V6)));
    let otherwise = strictest(v4.otherwise, v6.otherwise);
    for (parts, family) in [(v4, Family::V4), (v6, Family::V6)] {
        if parts.otherwise != otherwise {
            let ports = vec![Ports::ALL];
            let want = if parts.otherwise == Fate::Allow { Want::Allow(ports) } else { Want::Deny(ports) };
            said.push(rest_of(want, parts, family));
        }
    }
    // A redirect of one family alone would close its backend in the other, too.
    let redirects = |parts: &Parts| parts.said.iter().any(|said| matches!(said.want, Want::Redirect { .. }));
    if otherwise == Fate::Allow && redirects(v4) != redirects(v6) {
        let (parts, family) = if redirects(v4) { (v6, Family::V6) } else { (v4, Family::V4) };
        said.push(rest_of(Want::Allow(vec![Ports::ALL]), parts, family));
    }
    Joined { said: gathered(said), otherwise }
}

/// A last line for what is left of a family.
fn rest_of(want: Want, parts: &Parts, family: Family) -> Said {
    let name = if family == Family::V4 { "IPv4" } else { "IPv6" };
    let comment = match (parts.says_anything(), parts.raw.tables.is_empty()) {
        (true, _) => None,
        (false, true) => Some(format!("no rules of {name}: it stays as it is")),
        (false, false) => Some(format!("of {name} the raw rules decide")),
    };
    limited(&Said { comment, ..Said::new(want) }, family)
}

/// Of two last words the one that a line of `inbound` cannot say: `reject` before `deny` before `allow`.
fn strictest(one: Fate, other: Fate) -> Fate {
    match (one, other) {
        (Fate::Reject, _) | (_, Fate::Reject) => Fate::Reject,
        (Fate::Deny, _) | (_, Fate::Deny) => Fate::Deny,
        _ => Fate::Allow,
    }
}

fn limited(said: &Said, family: Family) -> Said {
    let own = if family == Family::V4 { Protocol::ICMP } else { Protocol::ICMP6 };
    let is_own = match &said.want {
        Want::Allow(ports) | Want::Deny(ports) => ports.iter().all(|ports| ports.protocol == Some(own)),
        Want::Forward { .. } => true,
        Want::Redirect { .. } => false,
    };
    let from = if said.from.is_empty() && !is_own { vec![Net::everything(family)] } else { said.from.clone() };
    Said { from, ..said.clone() }
}

/// Lines one after the other that want the same of several sources are one line, and so are those that want several
/// ports of the same sources.
fn gathered(said: Vec<Said>) -> Vec<Said> {
    let mut out: Vec<Said> = Vec::new();
    for one in said {
        match out.last_mut().filter(|last| is_gathered(last, &one)) {
            Some(last) => {
                last.from.extend(one.from.iter().filter(|net| !last.from.contains(net)).copied().collect::<Vec<_>>());
            }
            None => out.push(one),
        }
    }
    out
}

fn is_gathered(last: &Said, next: &Said) -> bool {
    let is_translation = matches!(last.want, Want::Redirect { .. } | Want::Forward { .. });
    !is_translation
        && (&last.want, last.log) == (&next.want, next.log)
        && !last.from.is_empty()
        && !next.from.is_empty()
        && (next.comment.is_none() || next.comment == last.comment)
}
