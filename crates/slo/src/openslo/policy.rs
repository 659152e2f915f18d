//! ErrorBudgetPolicy: states of a budget from much to none, and what each does.

use super::envelope::{Index, Item, Kind, MERELY_NAMED};
use super::field::{Either, Field, Object};
use super::finding::Log;
use super::messages::{Fact, Hint};
use super::quantity::PpbFault;
use crate::gate::{ChangeKind, OnUnknown};
use crate::model::Ppb;
use crate::policy::objects::{Actions, BudgetState, ErrorBudgetPolicy, ExceptionRule, Leave, Level, Scope, Services};
use nines_base::DurationUs;
use nines_yaml::clipped;
use std::collections::BTreeMap;

/// More tokens, or deploys a day, than one a minute are no limit at all.
const TOKENS_MAX: u32 = 100_000;
const DEPLOYS_MAX: u32 = 100_000;

/// Reads an ErrorBudgetPolicy.
pub(super) fn read_policy(item: &Item<'_>, index: &Index<'_>, log: &mut Log) -> Option<ErrorBudgetPolicy> {
    let known = ["description", "services", "selector", "states", "leave", "incident", "exceptions", "onUnknown"];
    let spec = item.spec(&known, log)?;
    spec.description(log);
    let scope = match spec.either("services", "selector", log) {
        Some(Either::One(services)) => Some(Scope::Services(read_services(&services, index, log))),
        Some(Either::Other(selector)) => read_selector(&selector, log).map(Scope::Labels),
        None => None,
    };
    let states = spec
        .require("states", "states: [ { name: healthy, above: 0 }, { name: exhausted } ]", log)
        .map(|field| read_states(&field, log));
    let leave = spec.get("leave").map_or(Some(Leave::AT_ONCE), |field| read_leave(&field, log));
    let incident_share = spec.get("incident").and_then(|field| read_incident(&field, log));
    let exceptions = spec.get("exceptions").map_or(Some(ExceptionRule::DEFAULT), |field| read_exceptions(&field, log));
    let words = [("held", OnUnknown::Hold), ("allowed", OnUnknown::Allow)];
    let on_unknown = spec.get("onUnknown").map_or(Some(OnUnknown::Hold), |field| field.choice(&words, log));
    let metadata = item.metadata.as_ref()?;
    Some(ErrorBudgetPolicy {
        name: metadata.name.to_owned(),
        scope: scope?,
        states: states.filter(|states| !states.is_empty())?,
        leave: leave?,
        incident_share,
        exceptions: exceptions?,
        on_unknown: on_unknown?,
        place: metadata.name_field.place(),
    })
}

/// Names of services, or `*` for all.
pub(super) fn read_services(field: &Field<'_>, index: &Index<'_>, log: &mut Log) -> Services {
    let mut names = Vec::new();
    for item in field.filled_list(log).unwrap_or_default() {
        let Some(name) = item.filled_text(log) else { continue };
        if name != "*" {
            index.check(Kind::Service, name, &item, MERELY_NAMED, log);
        }
        names.push(name.to_owned());
    }
    Services(names)
}

fn read_selector(field: &Field<'_>, log: &mut Log) -> Option<BTreeMap<String, String>> {
    let selector = field.object(&["labels"], log)?;
    let labels = selector.require("labels", "labels: { tier: one }", log)?.mapping(log)?;
    let mut wanted = BTreeMap::new();
    for (key, label) in labels.fields() {
        wanted.extend(label.text(log).map(|value| (key.to_owned(), value.to_owned())));
    }
    Some(wanted)
}

/// The states, from the most budget left to the least; the last takes the rest.
fn read_states(field: &Field<'_>, log: &mut Log) -> Vec<BudgetState> {
    let mut states: Vec<BudgetState> = Vec::new();
    let mut previous: Option<(Level, &str)> = None;
    let mut taken_all = false;
    for item in field.filled_list(log).unwrap_or_default() {
        let Some(state) = item.object(&["name", "above", "actions"], log) else { continue };
        let name = read_state_name(&state, &states, log);
        if taken_all {
            log.error(item.spot(), Fact::StateUnreachable, Hint::LastState);
        }
        let above = state.get("above");
        taken_all |= above.is_none();
        let above = above.and_then(|field| {
            let (above, text) = read_level(&field, log)?;
            if let Some((least, shown)) = previous.filter(|(least, _)| above >= *least) {
                let fact = Fact::StateNotBelow { above: clipped(text), previous: clipped(shown) };
                log.error(field.spot(), fact, Hint::OrderStates);
                previous = Some((least.min(above), shown));
            } else {
                previous = Some((above, text));
            }
            Some(above)
        });
        let actions = state.get("actions").and_then(|field| read_actions(&field, log)).unwrap_or_default();
        states.push(BudgetState { name: name.unwrap_or_default().to_owned(), above, actions });
    }
    states
}

fn read_state_name<'t>(state: &Object<'t>, before: &[BudgetState], log: &mut Log) -> Option<&'t str> {
    let field = state.require("name", "name: healthy", log)?;
    let name = field.filled_text(log)?;
    if before.iter().any(|state| state.name == name) {
        log.error(field.spot(), Fact::Twice { value: clipped(name) }, Hint::DropOne);
    }
    Some(name)
}

fn read_actions(field: &Field<'_>, log: &mut Log) -> Option<Actions> {
    let known = ["notify", "requireApproval", "allow", "maxDeploysPerDay", "canaryMax", "freeze"];
    let actions = field.object(&known, log)?;
    let notify = actions.get("notify").and_then(|field| field.list(log)).unwrap_or_default();
    let notify = notify.iter().filter_map(|target| target.filled_text(log).map(str::to_owned)).collect();
    Some(Actions {
        notify,
        require_approval: actions.get("requireApproval").map(|list| read_kinds(&list, log)).unwrap_or_default(),
        allow: actions.get("allow").map(|list| read_kinds(&list, log)),
        max_deploys_per_day: actions.get("maxDeploysPerDay").and_then(|field| field.whole(0, DEPLOYS_MAX, log)),
        canary_max: actions.get("canaryMax").and_then(|field| field.whole(0, 100, log)),
        freeze: actions.get("freeze").and_then(|field| field.boolean(log)).unwrap_or(false),
    })
}

/// What changes can be for, as `gate check --kind` has it.
fn read_kinds(list: &Field<'_>, log: &mut Log) -> Vec<ChangeKind> {
    let words = ChangeKind::ALL.map(|kind| (kind.word(), kind));
    list.list(log).unwrap_or_default().iter().filter_map(|item| item.choice(&words, log)).collect()
}

fn read_leave(field: &Field<'_>, log: &mut Log) -> Option<Leave> {
    let object = field.object(&["above", "dwell"], log)?;
    let above = match object.get("above") {
        Some(field) => Level(i64::from(read_share(&field, log)?.parts())),
        None => Leave::AT_ONCE.above,
    };
    let dwell = match object.get("dwell") {
        Some(field) => field.shorthand(log)?.length(),
        None => DurationUs(0),
    };
    Some(Leave { above, dwell })
}

fn read_incident(field: &Field<'_>, log: &mut Log) -> Option<Ppb> {
    let incident = field.object(&["share", "then"], log)?;
    let share = incident.require("share", "share: 0.2", log).and_then(|field| read_share(&field, log));
    incident.require("then", "then: postmortem", log).and_then(|field| field.choice(&[("postmortem", ())], log));
    share
}

fn read_exceptions(field: &Field<'_>, log: &mut Log) -> Option<ExceptionRule> {
    let object = field.object(&["tokens", "per", "approverNotRequester", "expires"], log)?;
    let default = ExceptionRule::DEFAULT;
    let tokens = object.require("tokens", "tokens: 3", log).and_then(|field| field.whole(0, TOKENS_MAX, log));
    let per = object.require("per", "per: 90d", log).and_then(|field| read_period(&field, log));
    let other = object.get("approverNotRequester").map_or(Some(true), |field| field.boolean(log));
    let lasts = object.get("expires").map_or(Some(default.lasts), |field| Some(field.length(log)?.length()));
    Some(ExceptionRule { tokens: tokens?, per: per?, approver_not_requester: other?, lasts: lasts? })
}

/// In how long there are so many tokens.
fn read_period(field: &Field<'_>, log: &mut Log) -> Option<DurationUs> {
    let per = field.length(log)?.length();
    if per > ExceptionRule::PER_MAX {
        let (value, most) = (clipped(field.text(log)?), ExceptionRule::PER_MAX.to_string());
        let fact = Fact::PeriodTooLong { value, most };
        log.error(field.spot(), fact, Hint::WriteAs { example: "per: 90d".to_owned() });
        return None;
    }
    Some(per)
}

/// A share between 0 and 1, exactly.
fn read_share(field: &Field<'_>, log: &mut Log) -> Option<Ppb> {
    let (decimal, text) = field.decimal(log)?;
    match decimal.ppb(0) {
        Ok(parts) => Ppb::new(parts),
        Err(PpbFault::TooFine) => {
            log.error(field.spot(), Fact::TargetTooFine { value: clipped(text), decimals: 9 }, Hint::FewerDecimals);
            None
        }
        Err(PpbFault::Negative | PpbFault::AboveOne) => {
            let hint = Hint::WriteAs { example: "0.2".to_owned() };
            log.error(field.spot(), Fact::NotShare { value: clipped(text) }, hint);
            None
        }
    }
}

/// How much of the budget is left: at most all of it, and down to where nothing but a slip of the pen is.
fn read_level<'t>(field: &Field<'t>, log: &mut Log) -> Option<(Level, &'t str)> {
    let (decimal, text) = field.decimal(log)?;
    let Some(parts) = decimal.signed_ppb() else {
        log.error(field.spot(), Fact::NotLevel { value: clipped(text) }, Hint::WriteAs { example: "0.25".to_owned() });
        return None;
    };
    Some((Level(parts), text))
}
