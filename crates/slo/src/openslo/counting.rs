//! How many events spans are: `retries`, `count`, `groupBy` with its `cap`, and `sampling` beside a `where`; `within` and
//! `join` beside that of the good half.

use super::field::{Field, Object};
use super::finding::Log;
use super::messages::{Fact, Hint};
use crate::count::{CAP_DEFAULT, CAP_MAX};
use crate::model::{CountedBy, FollowJoin, GroupBy, Kept, Sli, Weight};
use nines_base::DurationUs;
use nines_span::Kind;
use nines_trace::filter::Filter;
use nines_trace::filter::term::{KindSet, Test};
use nines_yaml::clipped;

/// Longest time in which what is produced may be consumed: what is known of a message is kept for a quarter of an
/// hour at least, and spans take minutes to come.
pub(super) const WITHIN_MAX: DurationUs = DurationUs::from_secs(10 * 60);

/// Fields of a source that say how valid events are counted.
const OF_TOTAL: [&str; 5] = ["retries", "count", "groupBy", "cap", "sampling"];

/// Fields of a source that say what follows a valid event.
const OF_GOOD: [&str; 2] = ["within", "join"];

/// Every field that a source of spans may have.
pub(super) const FIELDS: [&str; 9] =
    ["where", "value", "retries", "count", "groupBy", "cap", "sampling", "within", "join"];

/// How valid events are counted.
#[derive(Clone, Debug, Default)]
pub(super) struct Rules {
    attempts: Option<Kept>,
    /// The tag that says how many events a span is.
    pub(super) count: Option<String>,
    is_sampled: bool,
    group: Option<GroupBy>,
}

/// What follows a valid event to make it good.
#[derive(Clone, Copy, Debug)]
pub(super) struct Follows {
    pub(super) within: DurationUs,
    pub(super) join: FollowJoin,
}

impl Rules {
    /// The indicator counted by these rules; `part` is the tag by which its good or bad half is counted.
    pub(super) fn count(self, of: Sli, part: Option<String>) -> Sli {
        let weight = Weight { valid: self.count, part, is_sampled: self.is_sampled };
        let by = match self.attempts {
            Some(kept) => Some(CountedBy::Attempts(kept)),
            None => (weight != Weight::default()).then_some(CountedBy::Weight(weight)),
        };
        let of = match by {
            Some(by) => Sli::Counted { of: Box::new(of), by },
            None => of,
        };
        match self.group {
            Some(by) => Sli::Grouped { of: Box::new(of), by },
            None => of,
        }
    }
}

/// Reads the rules of a total, or of the spans of a threshold.
pub(super) fn read_rules(source: &Object<'_>, filter: &Filter, log: &mut Log) -> Rules {
    tell_misplaced(source, &OF_GOOD, "good", log);
    let retries = source.get("retries");
    let attempts = retries.as_ref().and_then(|field| {
        field.choice(&[("first", Some(Kept::First)), ("last", Some(Kept::Last)), ("all", None)], log).flatten()
    });
    let count = source.get("count").and_then(|field| read_tag(&field, log));
    let sampling =
        source.get("sampling").and_then(|field| field.choice(&[("weighted", true), ("ignored", false)], log));
    let group = read_group(source, log);
    if let (Some(_), Some(field)) = (attempts, &retries) {
        for other in ["count", "groupBy", "sampling"] {
            if source.get(other).is_some() {
                source.not_together("retries", other, log);
            }
        }
        if !asks_callers(filter) {
            log.warning(field.spot(), Fact::AttemptsNotOfCallers, Hint::NameCallers);
        }
    }
    Rules { attempts, count, is_sampled: sampling.unwrap_or(false), group }
}

/// Reads what follows a valid event; `None` where nothing has to.
pub(super) fn read_follows(source: &Object<'_>, log: &mut Log) -> Option<Follows> {
    let join = source
        .get("join")
        .map(|field| (field.choice(&[("span", FollowJoin::Span), ("trace", FollowJoin::Trace)], log), field));
    let Some(within) = source.get("within") else {
        join.iter().for_each(|(_, field)| tell_no_effect(field, "join", "within", log));
        return None;
    };
    let within = read_within(&within, log)?;
    Some(Follows { within, join: join.map_or(Some(FollowJoin::Span), |(join, _)| join)? })
}

/// Reads the tag by which a good or bad half is counted. The total has to be counted, too.
pub(super) fn read_part(source: &Object<'_>, total: &Rules, log: &mut Log) -> Option<String> {
    tell_misplaced(source, &["retries", "groupBy", "cap", "sampling"], "total", log);
    let field = source.get("count")?;
    if total.count.is_none() {
        log.error(field.key_spot(), Fact::PartCountedAlone, Hint::CountTotal);
    }
    read_tag(&field, log)
}

/// Tells of rules beside what is followed: nothing but whole spans follows one another.
pub(super) fn check_followed(total: &Object<'_>, log: &mut Log) {
    for name in OF_TOTAL {
        if total.get(name).is_some() {
            total.not_together("within", name, log);
        }
    }
}

/// Tells of fields that belong to the other half.
pub(super) fn tell_misplaced(source: &Object<'_>, names: &[&str], to: &str, log: &mut Log) {
    for name in names {
        if let Some(field) = source.get(name) {
            let (field_name, to) = ((*name).to_owned(), to.to_owned());
            log.error(
                field.key_spot(),
                Fact::BelongsTo { field: field_name.clone(), to: to.clone() },
                Hint::MoveTo { field: field_name, to },
            );
        }
    }
}

/// Of a bad half: what follows makes good.
pub(super) fn check_bad(source: &Object<'_>, log: &mut Log) {
    tell_misplaced(source, &OF_GOOD, "good", log);
}

/// Tells of a field that says nothing without another.
fn tell_no_effect(field: &Field<'_>, name: &str, without: &str, log: &mut Log) {
    let (name, because) = (name.to_owned(), format!("no '{without}'"));
    log.warning(field.key_spot(), Fact::NoEffect { field: name.clone(), because }, Hint::Remove { field: name });
}

fn read_tag(field: &Field<'_>, log: &mut Log) -> Option<String> {
    let name = field.filled_text(log)?;
    Some(name.strip_prefix("tag.").unwrap_or(name).to_owned())
}

fn read_group(source: &Object<'_>, log: &mut Log) -> Option<GroupBy> {
    let cap = source.get("cap");
    let Some(field) = source.get("groupBy") else {
        cap.iter().for_each(|field| tell_no_effect(field, "cap", "groupBy", log));
        return None;
    };
    let name = field.filled_text(log)?;
    const FIELDS: [&str; 7] = ["service", "op", "kind", "remote", "duration", "trace", "id"];
    if FIELDS.contains(&name) {
        log.error(
            field.spot(),
            Fact::GroupedByField { name: name.to_owned() },
            Hint::WriteAs { example: format!("groupBy: tag.{name}") },
        );
        return None;
    }
    let tag = read_tag(&field, log)?;
    let cap = cap.map_or(Some(CAP_DEFAULT), |cap| cap.whole(1, CAP_MAX, log))?;
    Some(GroupBy { tag, cap })
}

fn read_within(field: &Field<'_>, log: &mut Log) -> Option<DurationUs> {
    let text = field.text(log)?;
    let Ok(within) = text.parse::<DurationUs>() else {
        log.error(
            field.spot(),
            Fact::NotLength { value: clipped(text) },
            Hint::WriteAs { example: "within: 30s".to_owned() },
        );
        return None;
    };
    if within.0 <= 0 || within > WITHIN_MAX {
        let fact = Fact::WithinOutside { value: clipped(text), most: WITHIN_MAX.to_string() };
        log.error(field.spot(), fact, Hint::WriteAs { example: "within: 30s".to_owned() });
        return None;
    }
    Some(within)
}

/// Whether a filter takes only spans of those who ask.
fn asks_callers(filter: &Filter) -> bool {
    const CALLERS: KindSet = KindSet::one(Kind::Client).union(KindSet::one(Kind::Producer));
    filter.terms().iter().any(|term| match &term.test {
        Test::Kind(kinds) => (if term.negated { kinds.complement() } else { *kinds }).is_subset(CALLERS),
        _ => false,
    })
}
