//! Kinds of `nines.dev/v1alpha1`: UserStory, Freeze, Exception and BudgetAdjustment; `policy` has the fifth.

use super::envelope::{Index, Item, Kind, MERELY_NAMED, read_reference};
use super::field::{Field, Object};
use super::finding::{ByMode, Log};
use super::messages::{Fact, Hint};
use super::policy::read_services;
use super::spans::read_filter;
use super::window::read_time_zone;
use crate::model::{Join, Slo, UserStory};
use crate::policy::apart::{FILTERS_MAX, can_set_apart, has_room};
use crate::policy::objects::{AdjustmentMode, BudgetAdjustment, Exception, Freeze, Origin};
use crate::policy::recurrence::{Rule, RuleFault};
use crate::policy::times::Times;
use crate::story::is_left_out;
use jiff::fmt::temporal::Pieces;
use jiff::tz::TimeZone;
use nines_base::Timestamp;
use nines_trace::filter::Filter;
use nines_yaml::clipped;

/// Reads a UserStory of some of the SLOs.
pub(super) fn read_story(item: &Item<'_>, index: &Index<'_>, slos: &[Slo], log: &mut Log) -> Option<UserStory> {
    let spec = item.spec(&["description", "owner", "slos", "join"], log)?;
    spec.description(log);
    let owner = spec.get("owner").and_then(|field| field.filled_text(log)).map(str::to_owned);
    let join = match spec.get("join") {
        Some(field) => {
            field.choice(&[("trace", Join::Trace), ("weighted", Join::Weighted), ("worst", Join::Worst)], log)
        }
        None => Some(Join::Trace),
    };
    let members = spec.require("slos", "slos: [profile-availability]", log);
    if let (Some(Join::Trace), Some(field)) = (join, &members) {
        tell_left_out(field, slos, log);
    }
    let slos = members.and_then(|field| read_slos(&field, index, log));
    let metadata = item.metadata.as_ref()?;
    Some(UserStory {
        name: metadata.name.to_owned(),
        display_name: metadata.display_name.clone(),
        owner,
        slos: slos?,
        join: join?,
        together: None,
        place: metadata.name_field.place(),
    })
}

/// Tells of SLOs that have no say in whether a trace is good.
fn tell_left_out(members: &Field<'_>, slos: &[Slo], log: &mut Log) {
    let mut silent = Log::new(log.mode);
    for item in members.list(&mut silent).unwrap_or_default() {
        let name = item.text(&mut silent);
        if let Some(slo) = slos.iter().find(|slo| Some(slo.name.as_str()) == name && is_left_out(slo)) {
            log.warning(item.spot(), Fact::LeftOutOfTraces { name: slo.name.clone() }, Hint::JoinOtherwise);
        }
    }
}

/// A list of SLO names, each defined and none twice.
fn read_slos(field: &Field<'_>, index: &Index<'_>, log: &mut Log) -> Option<Vec<String>> {
    let mut names: Vec<String> = Vec::new();
    for item in field.filled_list(log)? {
        let Some(name) = read_reference(&item, log) else { continue };
        index.check(Kind::Slo, name, &item, ByMode::BOTH_REFUSE, log);
        if names.iter().any(|seen| seen == name) {
            log.error(item.spot(), Fact::Twice { value: clipped(name) }, Hint::DropOne);
        } else {
            names.push(name.to_owned());
        }
    }
    Some(names)
}

/// Reads a Freeze.
pub(super) fn read_freeze(item: &Item<'_>, index: &Index<'_>, log: &mut Log) -> Option<Freeze> {
    let known = ["description", "services", "env", "from", "until", "rrule", "timeZone", "reason", "by"];
    let spec = item.spec(&known, log)?;
    spec.description(log);
    let services = spec.require("services", "services: [\"*\"]", log).map(|field| read_services(&field, index, log));
    let env = spec.get("env").and_then(|field| field.filled_text(log)).map(str::to_owned);
    let from = spec.require("from", TIME_FIELD_EXAMPLE, log).and_then(|field| read_time(&field, log));
    let until = spec
        .require("until", "until: \"2027-01-02T00:00:00Z\"", log)
        .and_then(|field| Some((read_time(&field, log)?, field)));
    let times = match (from, until) {
        (Some(from), Some((until, field))) => {
            let times = Times::once(from.0, until.0);
            if times.is_none() {
                log.error(field.spot(), Fact::EndsBeforeStart, Hint::SwapTimes);
            }
            times.map(|times| (times, from.1))
        }
        _ => None,
    };
    let times = read_recurrence(&spec, times, log);
    let [reason, by] = require_texts(&spec, ["reason", "by"], log);
    let metadata = item.metadata.as_ref()?;
    Some(Freeze {
        name: metadata.name.to_owned(),
        services: services?,
        env,
        times: times?,
        reason: reason?,
        by: by?,
        origin: Origin::File(metadata.name_field.place()),
    })
}

/// Reads an Exception.
pub(super) fn read_exception(item: &Item<'_>, index: &Index<'_>, log: &mut Log) -> Option<Exception> {
    let known = ["description", "service", "change", "reason", "requestedBy", "approvedBy", "expires"];
    let spec = item.spec(&known, log)?;
    spec.description(log);
    let service = spec.require("service", "service: user-profile", log).and_then(|field| {
        let name = field.filled_text(log)?;
        index.check(Kind::Service, name, &field, MERELY_NAMED, log);
        Some(name.to_owned())
    });
    // A commit may look like a number.
    let change = spec.require("change", "change: 4f2a9c1", log).and_then(|field| field.written(log));
    let [reason, requested_by, approved_by] = require_texts(&spec, ["reason", "requestedBy", "approvedBy"], log);
    let expires =
        spec.require("expires", "expires: \"2027-01-02T00:00:00Z\"", log).and_then(|field| read_time(&field, log));
    if let (Some(requester), Some(approver), Some(field)) = (&requested_by, &approved_by, spec.get("approvedBy"))
        && requester == approver
    {
        log.warning(field.spot(), Fact::ApprovedByRequester { person: clipped(approver) }, Hint::OtherApprover);
    }
    let metadata = item.metadata.as_ref()?;
    Some(Exception {
        name: metadata.name.to_owned(),
        service: service?,
        change: change?.to_owned(),
        reason: reason?,
        requested_by: requested_by?,
        approved_by: approved_by?,
        expires: expires?.0,
        origin: Origin::File(metadata.name_field.place()),
    })
}

/// What is known when an adjustment is read: the SLOs, and the adjustments before it. Neither where it is read alone.
#[derive(Clone, Copy, Default)]
pub(super) struct Adjusted<'d> {
    pub slos: &'d [Slo],
    pub before: &'d [BudgetAdjustment],
}

/// Reads a BudgetAdjustment.
pub(super) fn read_adjustment(
    item: &Item<'_>,
    index: &Index<'_>,
    adjusted: Adjusted<'_>,
    log: &mut Log,
) -> Option<BudgetAdjustment> {
    let known = [
        "description",
        "slos",
        "mode",
        "where",
        "from",
        "for",
        "rrule",
        "timeZone",
        "category",
        "reason",
        "approvedBy",
    ];
    let spec = item.spec(&known, log)?;
    spec.description(log);
    let slos =
        spec.require("slos", "slos: [profile-availability]", log).and_then(|field| read_slos(&field, index, log));
    let modes = AdjustmentMode::ALL.map(|mode| (mode.word(), mode));
    let mode = spec.require("mode", "mode: removed", log).and_then(|field| field.choice(&modes, log));
    let filter = spec.get("where").map(|field| read_filter(&field, log));
    let times = if filter.is_some() { read_times_of_filter(&spec, log) } else { read_times(&spec, log) };
    if let (Some(field), Some(Some(filter)), Some(slos)) = (spec.get("where"), &filter, &slos) {
        check_filter(&field, filter, slos, adjusted, log);
    }
    let category = spec.get("category").and_then(|field| field.filled_text(log)).map(str::to_owned);
    let [reason, approved_by] = require_texts(&spec, ["reason", "approvedBy"], log);
    let metadata = item.metadata.as_ref()?;
    Some(BudgetAdjustment {
        name: metadata.name.to_owned(),
        slos: slos?,
        mode: mode?,
        times: times?,
        filter: filter.map_or(Some(None), |filter| filter.map(Some))?,
        category,
        reason: reason?,
        approved_by: approved_by?,
        origin: Origin::File(metadata.name_field.place()),
    })
}

/// Reads `from`, `for` and how they recur.
fn read_times(spec: &Object<'_>, log: &mut Log) -> Option<Times> {
    let from = spec.require("from", TIME_FIELD_EXAMPLE, log).and_then(|field| read_time(&field, log));
    let length = spec.require("for", "for: 24h", log).and_then(|field| field.length(log));
    let times =
        from.zip(length).and_then(|((from, zone), length)| Some((Times::once(from, from + length.length())?, zone)));
    read_recurrence(spec, times, log)
}

/// The same where a filter says which events: without a length there is no end, without a beginning none either.
fn read_times_of_filter(spec: &Object<'_>, log: &mut Log) -> Option<Times> {
    if spec.get("for").is_some() || spec.get("rrule").is_some() {
        return read_times(spec, log);
    }
    match spec.get("from") {
        None => Some(Times::always()),
        Some(field) => read_time(&field, log).map(|(from, _)| Times::from_on(from)),
    }
}

/// Holds a filter against the SLOs that it is for: their events are spans, and they have not too many filters.
fn check_filter(field: &Field<'_>, filter: &Filter, slos: &[String], adjusted: Adjusted<'_>, log: &mut Log) {
    for slo in adjusted.slos.iter().filter(|slo| slos.contains(&slo.name)) {
        let (slo_name, before) = (clipped(&slo.name), adjusted.before.iter());
        if !can_set_apart(slo) {
            log.error(field.spot(), Fact::FilterOfNoSpans { slo: slo_name }, Hint::AdjustTimes);
        } else if !has_room(before.filter(|other| other.slos.contains(&slo.name)), filter) {
            log.error(field.spot(), Fact::TooManyFilters { slo: slo_name, most: FILTERS_MAX }, Hint::JoinFilters);
        }
    }
}

const TIME_FIELD_EXAMPLE: &str = "from: \"2026-12-30T00:00:00+09:00\"";

fn require_texts<const N: usize>(spec: &Object<'_>, keys: [&str; N], log: &mut Log) -> [Option<String>; N] {
    keys.map(|key| {
        let field = spec.require(key, &format!("{key}: …"), log)?;
        field.filled_text(log).map(str::to_owned)
    })
}

/// Reads `rrule` and `timeZone`, by whose clocks it recurs; without one it is by the offset that `from` gives.
fn read_recurrence(spec: &Object<'_>, times: Option<(Times, TimeZone)>, log: &mut Log) -> Option<Times> {
    let zone = match spec.get("timeZone") {
        Some(field) => Some(read_time_zone(&field, log)?),
        None => None,
    };
    let Some(field) = spec.get("rrule") else { return times.map(|(times, _)| times) };
    let text = field.filled_text(log)?;
    let rule = match Rule::parse(text) {
        Ok(rule) => rule,
        Err(error) => {
            let part = clipped(&error.part);
            let fact = match error.fault {
                RuleFault::Unknown => Fact::RulePartUnknown { part },
                RuleFault::NotSupported => Fact::RuleNotSupported { part },
                RuleFault::BadValue => Fact::RuleBadValue { part },
                RuleFault::NoFrequency => Fact::RuleWithoutFrequency,
                RuleFault::CountAndUntil => Fact::RuleEndsTwice,
            };
            log.error(field.spot_inside(error.at), fact, Hint::RuleParts);
            return None;
        }
    };
    let (times, own_zone) = times?;
    let times = times.recurring(rule, zone.unwrap_or(own_zone));
    if times.is_none() {
        log.error(field.spot(), Fact::RuleNever { rule: clipped(text) }, Hint::RuleParts);
    }
    times
}

/// An instant, with the offset it is written in.
fn read_time(field: &Field<'_>, log: &mut Log) -> Option<(Timestamp, TimeZone)> {
    let text = field.filled_text(log)?;
    let instant = text.parse::<jiff::Timestamp>().ok();
    if instant.is_none() {
        let hint = Hint::WriteAs { example: "\"2026-12-30T00:00:00+09:00\"".to_owned() };
        log.error(field.spot(), Fact::BadTime { value: clipped(text) }, hint);
    }
    let offset = Pieces::parse(text).ok().and_then(|pieces| pieces.to_numeric_offset());
    Some((Timestamp(instant?.as_microsecond()), offset.map_or(TimeZone::UTC, TimeZone::fixed)))
}
