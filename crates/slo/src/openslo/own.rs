//! Kinds of `nines.dev/v1alpha1`: UserStory for the model; ErrorBudgetPolicy, Freeze, Exception and
//! BudgetAdjustment checked, with a warning that nothing acts on them yet.

use super::envelope::{Index, Item, Kind, MERELY_NAMED, read_reference};
use super::field::{Field, Object};
use super::finding::{ByMode, Log};
use super::messages::{Fact, Hint};
use super::words::clipped;
use crate::model::{Join, UserStory};
use jiff::Timestamp;

/// What a change can be for, as `gate check --kind` has it.
const CHANGES: [(&str, ()); 4] = [("feature", ()), ("fix", ()), ("security", ()), ("rollback", ())];

/// Reads a UserStory.
pub(super) fn read_story(item: &Item<'_>, index: &Index<'_>, log: &mut Log) -> Option<UserStory> {
    let spec = item.spec(&["description", "owner", "slos", "join"], log)?;
    spec.description(log);
    let owner = spec.get("owner").and_then(|field| field.filled_text(log)).map(str::to_owned);
    let join = match spec.get("join") {
        Some(field) => {
            field.choice(&[("trace", Join::Trace), ("weighted", Join::Weighted), ("worst", Join::Worst)], log)
        }
        None => Some(Join::Trace),
    };
    let slos =
        spec.require("slos", "slos: [profile-availability]", log).and_then(|field| read_slos(&field, index, log));
    let metadata = item.metadata.as_ref()?;
    Some(UserStory {
        name: metadata.name.to_owned(),
        display_name: metadata.display_name.clone(),
        owner,
        slos: slos?,
        join: join?,
        place: metadata.name_field.place(),
    })
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

/// Tells that an object of this kind has no effect yet.
pub(super) fn tell_not_acted_on(item: &Item<'_>, log: &mut Log) {
    let Some(kind) = item.object.get("kind") else { return };
    log.warning(kind.spot(), Fact::NotActedOn { kind: item.kind.name().to_owned() }, Hint::NothingYet);
}

/// Checks an ErrorBudgetPolicy.
pub(super) fn check_policy(item: &Item<'_>, index: &Index<'_>, log: &mut Log) {
    let known = ["description", "services", "selector", "states", "leave", "incident", "exceptions", "onUnknown"];
    let Some(spec) = item.spec(&known, log) else { return };
    spec.description(log);
    match (spec.get("services"), spec.get("selector")) {
        (Some(services), None) => check_services(&services, index, log),
        (None, Some(selector)) => check_selector(&selector, log),
        _ => {
            spec.either("services", "selector", log);
        }
    }
    if let Some(states) = spec.require("states", "states: [ { name: healthy, above: 0 }, { name: exhausted } ]", log) {
        check_states(&states, log);
    }
    if let Some(leave) = spec.get("leave").and_then(|field| field.object(&["above", "dwell"], log)) {
        leave.get("above").and_then(|field| read_share(&field, log));
        leave.get("dwell").and_then(|field| field.shorthand(log));
    }
    if let Some(incident) = spec.get("incident").and_then(|field| field.object(&["share", "then"], log)) {
        incident.require("share", "share: 0.2", log).and_then(|field| read_share(&field, log));
        incident.require("then", "then: postmortem", log).and_then(|field| field.choice(&[("postmortem", ())], log));
    }
    if let Some(exceptions) = spec.get("exceptions") {
        check_exceptions(&exceptions, log);
    }
    spec.get("onUnknown").and_then(|field| field.choice(&[("held", ()), ("allowed", ())], log));
}

fn check_exceptions(field: &Field<'_>, log: &mut Log) {
    // More tokens than a release a minute are no limit at all.
    const TOKENS_MAX: u32 = 100_000;
    let Some(object) = field.object(&["tokens", "per", "approverNotRequester", "expires"], log) else { return };
    object.require("tokens", "tokens: 3", log).and_then(|field| field.whole(0, TOKENS_MAX, log));
    object.require("per", "per: 90d", log).and_then(|field| field.length(log));
    object.get("approverNotRequester").and_then(|field| field.boolean(log));
    object.get("expires").and_then(|field| field.length(log));
}

fn check_selector(field: &Field<'_>, log: &mut Log) {
    let Some(selector) = field.object(&["labels"], log) else { return };
    let Some(labels) = selector.require("labels", "labels: { tier: one }", log) else { return };
    for (_, label) in labels.mapping(log).iter().flat_map(Object::fields) {
        label.text(log);
    }
}

/// The states of a policy, from the most budget left to the least; the last takes the rest.
fn check_states(field: &Field<'_>, log: &mut Log) {
    let mut names: Vec<&str> = Vec::new();
    let mut previous: Option<(f64, &str)> = None;
    let mut taken_all = false;
    for item in field.filled_list(log).unwrap_or_default() {
        let Some(state) = item.object(&["name", "above", "actions"], log) else { continue };
        if let Some(field) = state.require("name", "name: healthy", log)
            && let Some(name) = field.filled_text(log)
        {
            if names.contains(&name) {
                log.error(field.spot(), Fact::Twice { value: clipped(name) }, Hint::DropOne);
            }
            names.push(name);
        }
        if taken_all {
            log.error(item.spot(), Fact::StateUnreachable, Hint::LastState);
        }
        match state.get("above") {
            None => taken_all = true,
            Some(field) => {
                let Some((above, text)) = field.float(log) else { continue };
                if let Some((least, shown)) = previous.filter(|(least, _)| above >= *least) {
                    let fact = Fact::StateNotBelow { above: clipped(text), previous: clipped(shown) };
                    log.error(field.spot(), fact, Hint::OrderStates);
                    previous = Some((least.min(above), shown));
                } else {
                    previous = Some((above, text));
                }
            }
        }
        if let Some(actions) = state.get("actions") {
            check_actions(&actions, log);
        }
    }
}

fn check_actions(field: &Field<'_>, log: &mut Log) {
    const DEPLOYS_MAX: u32 = 100_000;
    let known = ["notify", "requireApproval", "allow", "maxDeploysPerDay", "canaryMax", "freeze"];
    let Some(actions) = field.object(&known, log) else { return };
    for list in ["requireApproval", "allow"].into_iter().filter_map(|key| actions.get(key)) {
        for change in list.list(log).unwrap_or_default() {
            change.choice(&CHANGES, log);
        }
    }
    for target in actions.get("notify").and_then(|field| field.list(log)).unwrap_or_default() {
        target.filled_text(log);
    }
    actions.get("maxDeploysPerDay").and_then(|field| field.whole(0, DEPLOYS_MAX, log));
    // Per cent of the traffic.
    actions.get("canaryMax").and_then(|field| field.whole(0, 100, log));
    actions.get("freeze").and_then(|field| field.boolean(log));
}

/// Checks a Freeze.
pub(super) fn check_freeze(item: &Item<'_>, index: &Index<'_>, log: &mut Log) {
    let known = ["description", "services", "env", "from", "until", "rrule", "reason", "by"];
    let Some(spec) = item.spec(&known, log) else { return };
    spec.description(log);
    if let Some(services) = spec.require("services", "services: [\"*\"]", log) {
        check_services(&services, index, log);
    }
    spec.get("env").and_then(|field| field.filled_text(log));
    let from = spec.require("from", TIME_FIELD_EXAMPLE, log).and_then(|field| read_time(&field, log));
    let until_field = spec.require("until", "until: \"2027-01-02T00:00:00Z\"", log);
    let until = until_field.as_ref().and_then(|field| read_time(field, log));
    if let (Some(from), Some(until), Some(field)) = (from, until, until_field)
        && until <= from
    {
        log.error(field.spot(), Fact::EndsBeforeStart, Hint::SwapTimes);
    }
    spec.get("rrule").and_then(|field| field.filled_text(log));
    require_texts(&spec, &["reason", "by"], log);
}

/// Checks an Exception.
pub(super) fn check_exception(item: &Item<'_>, index: &Index<'_>, log: &mut Log) {
    let known = ["description", "service", "change", "reason", "requestedBy", "approvedBy", "expires"];
    let Some(spec) = item.spec(&known, log) else { return };
    spec.description(log);
    if let Some(field) = spec.require("service", "service: user-profile", log)
        && let Some(name) = field.filled_text(log)
    {
        index.check(Kind::Service, name, &field, MERELY_NAMED, log);
    }
    // A commit may look like a number.
    spec.require("change", "change: 4f2a9c1", log).and_then(|field| field.written(log));
    require_texts(&spec, &["reason", "requestedBy", "approvedBy"], log);
    spec.require("expires", "expires: \"2027-01-02T00:00:00Z\"", log).and_then(|field| read_time(&field, log));
    let mut silent = Log::new(log.mode);
    let mut person = |key| spec.get(key).and_then(|field| Some((field.text(&mut silent)?, field)));
    if let (Some((requester, _)), Some((approver, field))) = (person("requestedBy"), person("approvedBy"))
        && requester == approver
    {
        log.warning(field.spot(), Fact::ApprovedByRequester { person: clipped(approver) }, Hint::OtherApprover);
    }
}

/// Checks a BudgetAdjustment.
pub(super) fn check_adjustment(item: &Item<'_>, index: &Index<'_>, log: &mut Log) {
    let known = ["description", "slos", "mode", "from", "for", "rrule", "category", "reason", "approvedBy"];
    let Some(spec) = item.spec(&known, log) else { return };
    spec.description(log);
    spec.require("slos", "slos: [profile-availability]", log).and_then(|field| read_slos(&field, index, log));
    spec.require("mode", "mode: removed", log).and_then(|field| field.choice(&[("removed", ()), ("as-good", ())], log));
    spec.require("from", TIME_FIELD_EXAMPLE, log).and_then(|field| read_time(&field, log));
    spec.require("for", "for: 24h", log).and_then(|field| field.length(log));
    for field in ["rrule", "category"].into_iter().filter_map(|key| spec.get(key)) {
        field.filled_text(log);
    }
    require_texts(&spec, &["reason", "approvedBy"], log);
}

const TIME_FIELD_EXAMPLE: &str = "from: \"2026-12-30T00:00:00+09:00\"";

fn require_texts(spec: &Object<'_>, keys: &[&str], log: &mut Log) {
    for key in keys {
        spec.require(key, &format!("{key}: …"), log).and_then(|field| field.filled_text(log));
    }
}

/// Names of services, or `*` for all.
fn check_services(field: &Field<'_>, index: &Index<'_>, log: &mut Log) {
    for item in field.filled_list(log).unwrap_or_default() {
        if let Some(name) = item.filled_text(log).filter(|name| *name != "*") {
            index.check(Kind::Service, name, &item, MERELY_NAMED, log);
        }
    }
}

fn read_time(field: &Field<'_>, log: &mut Log) -> Option<Timestamp> {
    let text = field.filled_text(log)?;
    let time = text.parse().ok();
    if time.is_none() {
        let hint = Hint::WriteAs { example: "\"2026-12-30T00:00:00+09:00\"".to_owned() };
        log.error(field.spot(), Fact::BadTime { value: clipped(text) }, hint);
    }
    time
}

/// A share between 0 and 1.
fn read_share(field: &Field<'_>, log: &mut Log) -> Option<f64> {
    let (value, text) = field.float(log)?;
    if !(0.0..=1.0).contains(&value) {
        log.error(field.spot(), Fact::NotShare { value: clipped(text) }, Hint::WriteAs { example: "0.2".to_owned() });
        return None;
    }
    Some(value)
}
