//! `type: spans`: a metric source whose events are spans, given by a filter.
//!
//! Knows the filter language only through [`Filter`]; what a filter means for counting is decided
//! elsewhere.

use super::field::{Field, Object};
use super::finding::Log;
use super::messages::{Fact, Hint};
use crate::model::Measured;
use nines_base::lang::{Lang, Message};
use nines_trace::filter::term::Test;
use nines_trace::filter::{Filter, Proof};

/// The type that names spans.
pub(super) const SPANS: &str = "spans";

/// A filter with the field it stands in.
#[derive(Clone, Debug)]
pub(super) struct Where<'t> {
    pub(super) filter: Filter,
    pub(super) field: Field<'t>,
}

/// Reads the `spec` of a source in a ratio: `where`.
pub(super) fn read_events<'t>(spec: &Field<'t>, log: &mut Log) -> Option<Where<'t>> {
    if let Some(value) = spec.mapping(log)?.get("value") {
        log.error(value.key_spot(), Fact::ValueOfRatio, Hint::Remove { field: "value".to_owned() });
    }
    read_where(&spec.object(&["where", "value"], log)?, log)
}

/// Reads the `spec` of a source in a threshold: `where` and what is measured, `duration` or a tag.
pub(super) fn read_measured<'t>(spec: &Field<'t>, log: &mut Log) -> Option<(Where<'t>, Measured)> {
    let object = spec.object(&["where", "value"], log)?;
    let total = read_where(&object, log);
    let value = object.require("value", "value: duration", log).and_then(|field| field.filled_text(log));
    let measured = match value? {
        "duration" => Measured::Duration,
        tag => Measured::Tag(tag.strip_prefix("tag.").unwrap_or(tag).to_owned()),
    };
    Some((total?, measured))
}

fn read_where<'t>(object: &Object<'t>, log: &mut Log) -> Option<Where<'t>> {
    let field = object.require("where", "where: 'service=user-profile kind=server'", log)?;
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
    Some(Where { filter, field })
}

/// Holds one half of a ratio against its total: every span of it must be one of the total.
///
/// Proven silently. Refuted, as an error, where the half contradicts a term of the total or leaves a
/// field open that nothing else decides; otherwise a warning says what could not be proven.
pub(super) fn check_within(name: &str, part: &Where<'_>, total: &Where<'_>, log: &mut Log) {
    let Proof::NotProven { term: witness, at } = part.filter.implies(&total.filter) else { return };
    let part_name = || name.to_owned();
    let spot = part.field.spot();
    if let Some(term) = total.filter.terms().iter().find(|term| contradicts(&part.filter, term)) {
        let witness = Filter::from_terms(vec![(*term).clone()]).to_string();
        log.error(spot, Fact::NeverInTotal { part: part_name(), witness }, Hint::RepeatTotal { part: part_name() });
        return;
    }
    let open = total
        .filter
        .terms()
        .iter()
        .find(|term| term.at == at)
        .is_some_and(|term| leaves_open(&part.filter, &term.test));
    if open {
        log.error(spot, Fact::OutsideTotal { part: part_name(), witness }, Hint::RepeatTotal { part: part_name() });
    } else {
        log.warning(spot, Fact::NotProven { part: part_name(), witness }, Hint::RepeatTotal { part: part_name() });
    }
}

fn contradicts(filter: &Filter, term: &nines_trace::filter::Term) -> bool {
    filter.implies(&Filter::from_terms(vec![term.clone().negate()])) == Proof::Proven
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
