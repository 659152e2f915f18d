//! `type: spans`: a metric source whose events are spans, given by a filter.
//!
//! Knows the filter language only through [`Filter`]; what a filter means for counting is decided
//! elsewhere.

use super::counting::{FIELDS, Follows, Rules, check_bad, check_followed, read_follows, read_part, read_rules};
use super::field::{Field, Object};
use super::finding::Log;
use super::messages::{Fact, Hint};
use crate::model::{Followed, Measured, RatioPart, Sli};
use nines_base::lang::{Lang, Message};
use nines_trace::filter::term::{Flag, Test};
use nines_trace::filter::{Filter, Proof, Term};

/// The type that names spans.
pub(super) const SPANS: &str = "spans";

/// A filter with the field it stands in.
#[derive(Clone, Debug)]
pub(super) struct Where<'t> {
    pub(super) filter: Filter,
    pub(super) field: Field<'t>,
}

/// What a threshold is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// A value of each event.
    Measured(Measured),
    /// The number of events in a slice.
    Throughput,
}

/// Reads the halves of a ratio, of which `part` is the one called `name`: each a `where`, with what says how many events
/// a span is, or what follows it.
pub(super) fn read_halves(name: &str, part: &Field<'_>, total: &Field<'_>, log: &mut Log) -> Option<Sli> {
    let (part, total) = (read_source(part, log), read_source(total, log));
    let ((part, part_where), (total, total_where)) = (part?, total?);
    let follows = if name == "good" { read_follows(&part, log) } else { None };
    if name == "bad" {
        check_bad(&part, log);
    }
    let rules = read_rules(&total, &total_where.filter, log);
    let count = read_part(&part, &rules, log);
    if let Some(Follows { within, join }) = follows {
        check_followed(&total, log);
        check_halves(&total_where, log);
        check_halves(&part_where, log);
        let (produced, consumed) = (total_where.filter, part_where.filter);
        return Some(Sli::Followed(Followed { produced, consumed, within, join }));
    }
    if count.is_some() {
        check_contained(name, &part_where, &total_where, log);
    } else {
        check_within(name, &part_where, &total_where, log);
    }
    let half = part_where.filter;
    let part = if name == "good" { RatioPart::Good(half) } else { RatioPart::Bad(half) };
    Some(rules.count(Sli::Ratio { total: total_where.filter, part }, count))
}

/// Reads the `spec` of a source in a ratio.
fn read_source<'t>(spec: &Field<'t>, log: &mut Log) -> Option<(Object<'t>, Where<'t>)> {
    if let Some(value) = spec.mapping(log)?.get("value") {
        log.error(value.key_spot(), Fact::ValueOfRatio, Hint::Remove { field: "value".to_owned() });
    }
    let object = spec.object(&FIELDS, log)?;
    let events = read_where(&object, log)?;
    Some((object, events))
}

/// Reads the `spec` of a source in a threshold: `where` and what is compared, `duration`, a tag or `throughput`.
pub(super) fn read_measured<'t>(spec: &Field<'t>, log: &mut Log) -> Option<(Where<'t>, Value, Rules)> {
    let object = spec.object(&FIELDS, log)?;
    let total = read_where(&object, log);
    let value = object.require("value", "value: duration", log).and_then(|field| field.filled_text(log));
    let value = match value? {
        "duration" => Value::Measured(Measured::Duration),
        "throughput" => Value::Throughput,
        tag => Value::Measured(Measured::Tag(tag.strip_prefix("tag.").unwrap_or(tag).to_owned())),
    };
    let total = total?;
    check_halves(&total, log);
    let rules = read_rules(&object, &total.filter, log);
    Some((total, value, rules))
}

fn read_where<'t>(object: &Object<'t>, log: &mut Log) -> Option<Where<'t>> {
    let field = object.require("where", "where: 'service=user-profile kind=server'", log)?;
    let filter = read_filter(&field, log)?;
    Some(Where { filter, field })
}

/// Reads a filter that takes some spans and not all.
pub(super) fn read_filter(field: &Field<'_>, log: &mut Log) -> Option<Filter> {
    let text = field.text(log)?;
    let filter = match Filter::parse(text) {
        Ok(filter) => filter,
        Err(fault) => {
            let fact = Fact::BadFilter { said_en: fault.fact.text(Lang::En), said_ko: fault.fact.text(Lang::Ko) };
            let hint = Hint::OfFilter { said_en: fault.hint.text(Lang::En), said_ko: fault.hint.text(Lang::Ko) };
            log.error(field.spot_inside(fault.at.start), fact, hint);
            return None;
        }
    };
    if filter.is_empty() {
        log.error(field.spot(), Fact::EmptyFilter, Hint::NameService);
        return None;
    }
    for warning in filter.warnings() {
        let fact = Fact::BadFilter { said_en: warning.doubt.text(Lang::En), said_ko: warning.doubt.text(Lang::Ko) };
        log.warning(field.spot_inside(warning.at.start), fact, Hint::CorrectFilter);
    }
    Some(filter)
}

/// Holds one half of a ratio against its total: every span of it must be one of the total, and not the other way round.
fn check_within(name: &str, part: &Where<'_>, total: &Where<'_>, log: &mut Log) {
    if total.filter.implies(&part.filter) == Proof::Proven {
        check_halves(total, log);
        let part_name = name.to_owned();
        log.warning(
            part.field.spot(),
            Fact::SameAsTotal { part: part_name.clone() },
            Hint::NarrowPart { part: part_name },
        );
        return;
    }
    check_contained(name, part, total, log);
}

/// Holds one half of a ratio against its total: every span of it must be one of the total.
///
/// Proven silently. Refuted, as an error, where the half contradicts a term of the total or leaves a
/// field open that nothing else decides; otherwise a warning says what could not be proven.
fn check_contained(name: &str, part: &Where<'_>, total: &Where<'_>, log: &mut Log) {
    check_halves(total, log);
    let name = || name.to_owned();
    let spot = part.field.spot();
    let unproven: Vec<&Term> =
        total.filter.terms().iter().filter(|term| !entails(&part.filter, (*term).clone())).collect();
    let Some(first) = unproven.first() else { return };
    let told = |term: &Term| Filter::from_terms(vec![term.clone()]).to_string();
    let hint = Hint::RepeatTotal { part: name() };
    if let Some(term) = unproven.iter().find(|term| entails(&part.filter, (**term).clone().negate())) {
        log.error(spot, Fact::NeverInTotal { part: name(), witness: told(term) }, hint);
    } else if let Some(term) = unproven.iter().find(|term| leaves_open(&part.filter, &term.test)) {
        log.error(spot, Fact::OutsideTotal { part: name(), witness: told(term) }, hint);
    } else {
        log.warning(spot, Fact::NotProven { part: name(), witness: told(first) }, hint);
    }
}

fn entails(filter: &Filter, term: Term) -> bool {
    filter.implies(&Filter::from_terms(vec![term])) == Proof::Proven
}

/// Tells of a total that takes both halves of every call.
fn check_halves(total: &Where<'_>, log: &mut Log) {
    let one_half = |test: &Test| {
        matches!(test, Test::Kind(_) | Test::Trace(_) | Test::Id(_) | Test::Flag(Flag::Root | Flag::Shared))
    };
    if !total.filter.terms().iter().any(|term| one_half(&term.test)) {
        log.warning(total.field.spot(), Fact::BothHalves, Hint::NameKind);
    }
}

/// Whether the filter says nothing at all about the field that the test asks for, and the field is
/// one that no other decides: then some span satisfies the filter and not the test.
fn leaves_open(filter: &Filter, test: &Test) -> bool {
    let same_field = |other: &Test| match (test, other) {
        (Test::Name { field: a, .. }, Test::Name { field: b, .. }) => a == b,
        (Test::Kind(_), Test::Kind(_)) | (Test::Duration(_), Test::Duration(_)) => true,
        (Test::Tag { key: a, .. }, Test::Tag { key: b, .. }) => a == b,
        _ => false,
    };
    // Ids decide a span wholly, flags are derived from tags, and Zipkin's conditions look at many fields.
    let independent = matches!(test, Test::Name { .. } | Test::Kind(_) | Test::Duration(_) | Test::Tag { .. });
    let decisive = |other: &Test| {
        matches!(other, Test::Trace(_) | Test::Id(_) | Test::Zipkin(_))
            || matches!((test, other), (Test::Tag { .. }, Test::Flag(_)))
    };
    independent && !filter.terms().iter().any(|term| same_field(&term.test) || decisive(&term.test))
}
