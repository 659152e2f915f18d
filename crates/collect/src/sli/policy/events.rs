//! Policy as the ledger keeps it: each event and what it says.
//!
//! An object by command is recorded as it would stand in a file, and read by the same rules.

use nines_base::Timestamp;
use nines_ledger::{Event, NewEvent};
use nines_slo::fraction::Fraction;
use nines_slo::model::Ppb;
use nines_slo::openslo::{OwnObject, read_object};
use nines_slo::policy::book::Recorded;
use nines_slo::policy::incident::PostmortemDue;
use nines_slo::policy::objects::{Exception, Origin};
use nines_slo::policy::state::Memory;
use serde_json::{Value, json};

/// What of the ledger is read for it.
pub const TOPICS: [&str; 6] =
    ["freeze", "exception", "adjustment", "policy", "incident.postmortem-due", "deploy.marked"];

const FREEZE_ON: &str = "freeze.on";
const FREEZE_OFF: &str = "freeze.off";
const GRANTED: &str = "exception.granted";
const DECLARED: &str = "exception.declared";
const ADJUSTED: &str = "adjustment.added";
/// The kind of the event that a service entered a state of its policy.
pub const STATE: &str = "policy.state";
const RECOVERY: &str = "policy.recovery";
const POSTMORTEM: &str = "incident.postmortem-due";
const DEPLOYED: &str = "deploy.marked";

/// An object as a file would hold it, in JSON.
pub fn object_text(kind: &str, name: &str, spec: &Value) -> String {
    let metadata = json!({ "name": name });
    json!({ "apiVersion": "nines.dev/v1alpha1", "kind": kind, "metadata": metadata, "spec": spec }).to_string()
}

/// The event of an object by command; `text` is what [`object_text`] made of it.
pub fn object_event(object: &OwnObject, text: String, at: Timestamp) -> Option<NewEvent> {
    let (kind, service, subject) = match object {
        OwnObject::Freeze(freeze) => {
            let service = if let [one] = freeze.services.0.as_slice() { one.as_str() } else { "" };
            (FREEZE_ON, service.replace('*', ""), freeze.name.clone())
        }
        OwnObject::Exception(exception) => (GRANTED, exception.service.clone(), exception.name.clone()),
        OwnObject::Adjustment(adjustment) => (ADJUSTED, String::new(), adjustment.name.clone()),
        OwnObject::Policy(_) => return None,
    };
    Some(NewEvent { at, kind: kind.into(), service, subject, payload: text })
}

/// The event of a freeze that is lifted.
pub fn lift_event(name: &str, by: &str, reason: &str, at: Timestamp) -> NewEvent {
    let payload = json!({ "by": by, "reason": reason }).to_string();
    NewEvent { at, kind: FREEZE_OFF.into(), subject: name.into(), payload, ..NewEvent::default() }
}

/// The event of an exception that was first seen in a file.
pub(super) fn declared_event(exception: &Exception, at: Timestamp) -> NewEvent {
    let payload = json!({ "change": exception.change, "reason": exception.reason,
        "requestedBy": exception.requested_by, "approvedBy": exception.approved_by });
    let (service, subject) = (exception.service.clone(), exception.name.clone());
    NewEvent { at, kind: DECLARED.into(), service, subject, payload: payload.to_string() }
}

/// What is told beside the memory of a state.
pub(super) struct StateTold<'s> {
    /// The state before.
    pub before: Option<&'s str>,
    /// The objective with the least budget, and how much of it is left.
    pub worst: Option<(&'s str, f64)>,
    /// Whom the policy wants told.
    pub notify: &'s [String],
}

/// The event of a budget's state, or of a recovery in it.
pub(super) fn state_event(
    service: &str,
    policy: &str,
    memory: &Memory,
    told: &StateTold<'_>,
    at: Timestamp,
) -> NewEvent {
    let entered = told.before != Some(memory.state.as_str());
    let payload = json!({
        "policy": policy, "state": memory.state, "before": told.before, "sinceUs": memory.since.0,
        "recoveringSinceUs": memory.recovering_since.map(|since| since.0),
        "slo": told.worst.map(|(slo, _)| slo), "budget": told.worst.map(|(_, left)| left),
        "notify": if entered { told.notify } else { &[] },
    });
    let kind = if entered { STATE } else { RECOVERY };
    let (service, subject) = (service.to_owned(), policy.to_owned());
    NewEvent { at, kind: kind.into(), service, subject, payload: payload.to_string() }
}

/// The event of an incident that needs a postmortem.
pub(super) fn postmortem_event(service: &str, due: &PostmortemDue, at: Timestamp) -> NewEvent {
    let payload = json!({
        "fromUs": due.from.0, "untilUs": due.until.0, "limitPpb": due.limit.parts(),
        "share": [due.share.numerator().to_string(), due.share.denominator().to_string()],
        "shareOfBudget": due.share.as_f64(),
    });
    let (service, subject) = (service.to_owned(), due.slo.clone());
    NewEvent { at, kind: POSTMORTEM.into(), service, subject, payload: payload.to_string() }
}

/// A state that a service entered, as its event tells it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StateEntered {
    /// The policy.
    pub policy: String,
    /// The state.
    pub state: String,
    /// The one before.
    pub before: Option<String>,
    /// The objective with the least budget; empty where none was known.
    pub slo: String,
    /// Whom the policy wants told.
    pub notify: Vec<String>,
}

/// What an event of [`STATE`] says; `None` where it is none, or what it said was erased.
pub fn state_entered(event: &Event) -> Option<StateEntered> {
    if event.kind != STATE {
        return None;
    }
    let payload: Value = serde_json::from_str(event.payload.as_deref()?).ok()?;
    let text = |name: &str| payload[name].as_str().map(str::to_owned);
    let notify = payload["notify"].as_array().into_iter().flatten().filter_map(Value::as_str);
    Some(StateEntered {
        policy: event.subject.clone(),
        state: text("state")?,
        before: text("before"),
        slo: text("slo").unwrap_or_default(),
        notify: notify.map(str::to_owned).collect(),
    })
}

/// What an event says; `None` where it says nothing of policy, or what it said was erased.
pub fn recorded_of(event: &Event) -> Option<Recorded> {
    if event.kind == DEPLOYED {
        return Some(Recorded::Deployed { service: event.service.clone() });
    }
    if event.kind == FREEZE_OFF {
        return Some(Recorded::FreezeOff { name: event.subject.clone() });
    }
    let text = event.payload.as_deref()?;
    match event.kind.as_str() {
        FREEZE_ON | GRANTED | ADJUSTED => object_of(text, event.id),
        DECLARED => {
            let payload: Value = serde_json::from_str(text).ok()?;
            Some(Recorded::Declared { name: event.subject.clone(), change: payload["change"].as_str()?.to_owned() })
        }
        STATE | RECOVERY => {
            let payload: Value = serde_json::from_str(text).ok()?;
            let memory = Memory {
                state: payload["state"].as_str()?.to_owned(),
                since: Timestamp(payload["sinceUs"].as_i64()?),
                recovering_since: payload["recoveringSinceUs"].as_i64().map(Timestamp),
            };
            let (service, policy) = (event.service.clone(), event.subject.clone());
            Some(Recorded::State { service, policy, memory })
        }
        POSTMORTEM => {
            let due = postmortem_of(&event.subject, &serde_json::from_str(text).ok()?)?;
            Some(Recorded::PostmortemDue { service: event.service.clone(), due })
        }
        _ => None,
    }
}

fn object_of(text: &str, event: u64) -> Option<Recorded> {
    let origin = Origin::Command { event };
    Some(match read_object(text).ok()? {
        OwnObject::Freeze(mut freeze) => {
            freeze.origin = origin;
            Recorded::FreezeOn(freeze)
        }
        OwnObject::Exception(mut exception) => {
            exception.origin = origin;
            Recorded::Granted(exception)
        }
        OwnObject::Adjustment(mut adjustment) => {
            adjustment.origin = origin;
            Recorded::Adjusted(adjustment)
        }
        OwnObject::Policy(_) => return None,
    })
}

fn postmortem_of(slo: &str, payload: &Value) -> Option<PostmortemDue> {
    let part = |position: usize| payload["share"][position].as_str()?.parse::<u128>().ok();
    Some(PostmortemDue {
        slo: slo.to_owned(),
        from: Timestamp(payload["fromUs"].as_i64()?),
        until: Timestamp(payload["untilUs"].as_i64()?),
        share: Fraction::new(part(0)?, part(1)?)?,
        limit: Ppb::new(u32::try_from(payload["limitPpb"].as_u64()?).ok()?)?,
    })
}
