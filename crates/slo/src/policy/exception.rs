//! Exceptions: few, each for one change, approved by somebody else, and over soon.
//!
//! A policy gives a service so many tokens in so long. Each change id that has an exception takes one, whether
//! a file or a command granted it, and however often; the first ones granted have them. Rollbacks and
//! security fixes need none where the policy lets them pass.

use super::objects::{Exception, ExceptionRule, Origin};
use nines_base::Timestamp;

/// An exception with the time from which on it counts: when it was granted, or first seen in a file.
#[derive(Clone, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub struct Grant {
    pub exception: Exception,
    pub granted_at: Timestamp,
}

/// What a verdict needs to know of an exception for its change.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Claim {
    /// Its name.
    pub name: String,
    /// The change.
    pub change: String,
    /// Who wanted it.
    pub requested_by: String,
    /// Who approved.
    pub approved_by: String,
    /// From when on it counts.
    pub granted_at: Timestamp,
    /// When it ends by its own word.
    pub expires: Timestamp,
    /// Whether a file says so, in which nobody verified the approver.
    pub is_of_file: bool,
    /// Changes that took a token before it, within the policy's period.
    pub n_before: u32,
}

/// Whether an exception counts, and why not.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    /// It does.
    Valid,
    /// It is over.
    Expired,
    /// Every token was taken before.
    NoToken,
    /// Whoever asked for it also approved it.
    SamePerson,
}

impl Standing {
    /// As JSON says it.
    pub fn word(self) -> &'static str {
        match self {
            Standing::Valid => "valid",
            Standing::Expired => "expired",
            Standing::NoToken => "noToken",
            Standing::SamePerson => "approverIsRequester",
        }
    }
}

impl Claim {
    /// When it ends: as it says, and not later than the policy lets one last.
    pub fn ends_at(&self, rule: &ExceptionRule) -> Timestamp {
        self.expires.min(self.granted_at + rule.lasts)
    }

    /// Whether it counts at an instant.
    pub fn standing(&self, rule: &ExceptionRule, at: Timestamp) -> Standing {
        if rule.approver_not_requester && self.approved_by == self.requested_by {
            Standing::SamePerson
        } else if self.n_before >= rule.tokens {
            Standing::NoToken
        } else if at >= self.ends_at(rule) {
            Standing::Expired
        } else {
            Standing::Valid
        }
    }
}

/// Every grant of a service as a claim, in the order in which they were granted. Of those of one instant files come
/// first, by name, then commands as they were recorded: a command never takes a token from what stands in a file.
pub fn claims(service: &str, grants: &[Grant], rule: &ExceptionRule) -> Vec<Claim> {
    let mut tokens = Tokens::default();
    let of_service = in_order(service, grants).into_iter();
    of_service
        .map(|grant| {
            let exception = &grant.exception;
            Claim {
                name: exception.name.clone(),
                change: exception.change.clone(),
                requested_by: exception.requested_by.clone(),
                approved_by: exception.approved_by.clone(),
                granted_at: grant.granted_at,
                expires: exception.expires,
                is_of_file: matches!(exception.origin, Origin::File(_)),
                n_before: tokens.take(grant, rule),
            }
        })
        .collect()
}

/// How many tokens a service has left at an instant.
pub fn tokens_left(service: &str, grants: &[Grant], rule: &ExceptionRule, at: Timestamp) -> u32 {
    let mut tokens = Tokens::default();
    for grant in in_order(service, grants).into_iter().filter(|grant| grant.granted_at <= at) {
        tokens.take(grant, rule);
    }
    rule.tokens.saturating_sub(tokens.since(at - rule.per))
}

fn in_order<'g>(service: &str, grants: &'g [Grant]) -> Vec<&'g Grant> {
    let mut of_service: Vec<&Grant> = grants.iter().filter(|grant| grant.exception.service == service).collect();
    of_service.sort_by_key(|grant| {
        let among = match &grant.exception.origin {
            Origin::File(_) => (0, grant.exception.name.as_str()),
            Origin::Command { event } => (*event, ""),
        };
        (grant.granted_at, among)
    });
    of_service
}

/// The tokens taken so far, each with its change and how many were taken before it in its period.
#[derive(Default)]
struct Tokens<'g> {
    taken: Vec<(Timestamp, &'g str, u32)>,
}

impl<'g> Tokens<'g> {
    /// Takes one for a grant, unless its change has one already, none is left, or it cannot count because of who
    /// approved it. The answer is how many were taken before.
    fn take(&mut self, grant: &'g Grant, rule: &ExceptionRule) -> u32 {
        let (at, exception) = (grant.granted_at, &grant.exception);
        let known = self.taken.iter().find(|(taken, change, _)| *change == exception.change && *taken > at - rule.per);
        if let Some((_, _, n_before)) = known {
            return *n_before;
        }
        let n_before = self.since(at - rule.per);
        let may_count = !rule.approver_not_requester || exception.approved_by != exception.requested_by;
        if may_count && n_before < rule.tokens {
            self.taken.push((at, &exception.change, n_before));
        }
        n_before
    }

    /// How many were taken after an instant.
    fn since(&self, after: Timestamp) -> u32 {
        u32::try_from(self.taken.iter().filter(|(taken, _, _)| *taken > after).count()).unwrap_or(u32::MAX)
    }
}
