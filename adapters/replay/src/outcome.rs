//! What became of a packet.

use nines_traffic::net::Endpoint;
use nines_traffic::simulate::Verdict;

/// What became of a packet, by what the kernel counted and let pass.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Outcome {
    /// Accepted where it arrived, else by the rule that ended it; never unknown.
    pub verdict: Verdict,
    /// The rule that decided: the one that ended it, or the one of `filter` that accepted it; `policy` where none did.
    pub rule: String,
    /// Every rule that counted it, in the order in which the kernel lists them, once for each time.
    pub counted: Vec<String>,
    /// How it arrived, where it did.
    pub arrived: Option<Arrived>,
}

/// How a packet looked behind all rules.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Arrived {
    /// From whom, by its header; ports where it has any.
    pub source: Endpoint,
    /// To whom.
    pub destination: Endpoint,
    /// What conntrack expects as its answer: from whom, to whom. None where it is not tracked.
    pub reply: Option<(Endpoint, Endpoint)>,
}

/// A rule of the kernel that counts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Watched {
    /// `TABLE/CHAIN/N`, or the id that a rule of ours carries.
    pub name: String,
    /// How it ends a packet's way, where it does.
    pub end: Option<Verdict>,
    /// Whether that is the last word of whether it may pass: in `filter`.
    pub is_filter: bool,
}

impl Outcome {
    /// From the rules that counted, and how it arrived.
    pub(crate) fn of(met: &[(&Watched, u64)], arrived: Option<Arrived>) -> Outcome {
        let stopped = met.iter().find(|(rule, _)| matches!(rule.end, Some(Verdict::Drop | Verdict::Reject)));
        let passed = met.iter().find(|(rule, _)| rule.is_filter && rule.end == Some(Verdict::Accept));
        let decider = if arrived.is_some() { passed } else { stopped };
        let verdict = match (arrived, decider) {
            (Some(_), _) => Verdict::Accept,
            (None, Some((rule, _))) => rule.end.unwrap_or(Verdict::Drop),
            (None, None) => Verdict::Drop,
        };
        let rule = decider.map_or_else(|| "policy".to_owned(), |(rule, _)| rule.name.clone());
        let times = |(rule, n): &(&Watched, u64)| {
            std::iter::repeat_n(rule.name.clone(), usize::try_from(*n).unwrap_or(usize::MAX))
        };
        Outcome { verdict, rule, counted: met.iter().flat_map(times).collect(), arrived }
    }
}
