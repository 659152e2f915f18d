//! A decision as it is recorded: everything its verdict follows from, so that anybody can reach it again.
//!
//! Integers stay integers and fractions are written as such; a policy is written as a file would hold it and
//! read by the same rules. [`replay`] knows nothing but the record.

use super::objects::policy_object;
use nines_base::{DurationUs, Timestamp};
use nines_slo::budget::Share;
use nines_slo::fraction::Fraction;
use nines_slo::gate::{ChangeKind, Effect, GateInput, OnUnknown, Page, PolicyInput, Reading, Verdict, decide};
use nines_slo::model::{Place, Ppb};
use nines_slo::openslo::{OwnObject, read_object};
use nines_slo::policy::exception::Claim;
use nines_slo::policy::forecast::Thaw;
use nines_slo::policy::freeze::ActiveFreeze;
use nines_slo::policy::incident::PostmortemDue;
use nines_slo::policy::state::Memory;
use nines_slo::window::NotEvaluated;
use serde_json::{Value, json};

/// The form of records and answers.
pub const SCHEMA: &str = "nines.gate/v1";

/// What is written of a decision; `traces` are the evidence of each reason.
pub fn record_of(input: &GateInput, verdict: &Verdict, traces: &[Vec<String>]) -> Value {
    let mut record = outcome_of(verdict);
    if let Some(reasons) = record["reasons"].as_array_mut() {
        for (reason, traces) in reasons.iter_mut().zip(traces) {
            reason["traceIds"] = json!(traces);
        }
    }
    let outcome = record.take();
    json!({
        "schema": SCHEMA, "verdict": outcome["verdict"], "reasons": outcome["reasons"],
        "exception": outcome["exception"], "state": outcome["state"], "policy": input.policy_name(),
        "kind": input.kind.word(), "env": input.env, "change": input.change, "input": input_of(input),
    })
}

/// What of a verdict must be the same when it is reached again. Words may change with the version and the language.
fn outcome_of(verdict: &Verdict) -> Value {
    let reasons: Vec<Value> = verdict
        .reasons
        .iter()
        .map(|reason| {
            json!({ "rule": reason.rule.word(), "slo": reason.slo, "value": reason.value, "limit": reason.limit,
                    "holds": reason.effect == Effect::Holds, "waived": reason.effect == Effect::Waived })
        })
        .collect();
    json!({ "verdict": verdict.word(), "reasons": reasons, "exception": verdict.exception, "state": verdict.state })
}

/// A verdict that was reached again.
pub struct Replay {
    /// The verdict.
    pub verdict: Verdict,
    /// Whether it is what was recorded.
    pub is_same: bool,
}

/// Reaches a decision's verdict again from its record alone; `None` where the record does not hold what it takes,
/// as those of versions before this one.
pub fn replay(record: &Value) -> Option<Replay> {
    let verdict = decide(&read_input(&record["input"])?);
    // Through text on both sides, so that a number is what its text says.
    let again: Value = serde_json::from_str(&outcome_of(&verdict).to_string()).ok()?;
    let mut recorded = json!({ "verdict": record["verdict"], "reasons": record["reasons"],
        "exception": record["exception"], "state": record["state"] });
    for reason in recorded["reasons"].as_array_mut().into_iter().flatten() {
        if let Some(members) = reason.as_object_mut() {
            members.remove("traceIds");
        }
    }
    Some(Replay { is_same: recorded == again, verdict })
}

fn input_of(input: &GateInput) -> Value {
    let readings: Vec<Value> = input.readings.iter().map(reading_of).collect();
    let freezes: Vec<Value> = input
        .freezes
        .iter()
        .map(|freeze| json!({ "name": freeze.name, "untilUs": freeze.until.0, "reason": freeze.reason, "by": freeze.by }))
        .collect();
    let claims: Vec<Value> = input.claims.iter().map(claim_of).collect();
    let postmortems: Vec<Value> = input
        .postmortems
        .iter()
        .map(|due| {
            json!({ "slo": due.slo, "fromUs": due.from.0, "untilUs": due.until.0,
                    "share": fraction_of(due.share), "limitPpb": due.limit.parts() })
        })
        .collect();
    json!({
        "service": input.service, "env": input.env, "change": input.change, "kind": input.kind.word(),
        "onUnknown": input.on_unknown.map(unknown_word), "atUs": input.at.0, "objectives": readings,
        "policy": input.policy.as_ref().map(policy_of), "freezes": freezes, "exceptions": claims,
        "tokensLeft": input.tokens_left, "deploys": input.n_deploys, "postmortems": postmortems,
    })
}

fn read_input(value: &Value) -> Option<GateInput> {
    let all = |name: &str| value[name].as_array().map(Vec::as_slice);
    let kind = ChangeKind::parse(value["kind"].as_str()?)?;
    let freeze = |value: &Value| {
        Some(ActiveFreeze {
            name: text(&value["name"])?,
            until: instant(&value["untilUs"])?,
            reason: text(&value["reason"])?,
            by: text(&value["by"])?,
        })
    };
    let postmortem = |value: &Value| {
        Some(PostmortemDue {
            slo: text(&value["slo"])?,
            from: instant(&value["fromUs"])?,
            until: instant(&value["untilUs"])?,
            share: read_fraction(&value["share"])?,
            limit: ppb(&value["limitPpb"])?,
        })
    };
    Some(GateInput {
        service: text(&value["service"])?,
        env: optional(&value["env"], text)?,
        change: optional(&value["change"], text)?,
        kind,
        on_unknown: optional(&value["onUnknown"], read_unknown)?,
        at: instant(&value["atUs"])?,
        readings: all("objectives")?.iter().map(read_reading).collect::<Option<_>>()?,
        policy: optional(&value["policy"], read_policy)?,
        freezes: all("freezes")?.iter().map(freeze).collect::<Option<_>>()?,
        claims: all("exceptions")?.iter().map(read_claim).collect::<Option<_>>()?,
        tokens_left: number(&value["tokensLeft"])?,
        n_deploys: number(&value["deploys"])?,
        postmortems: all("postmortems")?.iter().map(postmortem).collect::<Option<_>>()?,
    })
}

fn reading_of(reading: &Reading) -> Value {
    let page = reading.page.map(|page| {
        json!({ "longUs": page.long.0, "shortUs": page.short.0, "threshold": fraction_of(page.threshold),
                "longBurn": page.long_burn.map(fraction_of), "shortBurn": page.short_burn.map(fraction_of) })
    });
    let thaw = reading.thaw.map(|thaw| match thaw {
        Thaw::After(length) => json!(length.0),
        Thaw::Never => json!("never"),
    });
    json!({
        "slo": reading.slo, "targetPpb": reading.target.parts(), "window": reading.window,
        "notEvaluated": reading.not_evaluated.map(not_evaluated_word),
        "share": reading.share.map(|share| [share.bad(), share.valid()]), "unit": reading.unit,
        "hasEvents": reading.has_events, "wasCounted": reading.was_counted, "isSilent": reading.is_silent,
        "page": page, "thawUs": thaw,
    })
}

fn read_reading(value: &Value) -> Option<Reading> {
    let page = |value: &Value| {
        Some(Page {
            long: length(&value["longUs"])?,
            short: length(&value["shortUs"])?,
            threshold: read_fraction(&value["threshold"])?,
            long_burn: optional(&value["longBurn"], read_fraction)?,
            short_burn: optional(&value["shortBurn"], read_fraction)?,
        })
    };
    let thaw = |value: &Value| match value.as_str() {
        Some("never") => Some(Thaw::Never),
        Some(_) => None,
        None => length(value).map(Thaw::After),
    };
    let share = |value: &Value| Share::new(value[0].as_u64()?, value[1].as_u64()?);
    Some(Reading {
        slo: text(&value["slo"])?,
        target: ppb(&value["targetPpb"])?,
        window: text(&value["window"])?,
        not_evaluated: optional(&value["notEvaluated"], read_not_evaluated)?,
        share: optional(&value["share"], share)?,
        unit: value["unit"].as_u64()?,
        has_events: value["hasEvents"].as_bool()?,
        was_counted: value["wasCounted"].as_bool()?,
        // Records of before silence was read do not have it, and were decided without.
        is_silent: value["isSilent"].as_bool().unwrap_or(false),
        page: optional(&value["page"], page)?,
        thaw: optional(&value["thawUs"], thaw)?,
    })
}

fn policy_of(input: &PolicyInput) -> Value {
    let memory = input.memory.as_ref().map(|memory| {
        json!({ "state": memory.state, "sinceUs": memory.since.0,
                "recoveringSinceUs": memory.recovering_since.map(|since| since.0) })
    });
    let Place { file, line, column } = &input.policy.place;
    json!({ "object": policy_object(&input.policy), "place": { "file": file, "line": line, "column": column }, "memory": memory })
}

fn read_policy(value: &Value) -> Option<PolicyInput> {
    let Ok(OwnObject::Policy(mut policy)) = read_object(&value["object"].to_string()) else { return None };
    let place = &value["place"];
    let position = |value: &Value| usize::try_from(value.as_u64()?).ok();
    policy.place =
        Place { file: text(&place["file"])?, line: position(&place["line"])?, column: position(&place["column"])? };
    let memory = |value: &Value| {
        Some(Memory {
            state: text(&value["state"])?,
            since: instant(&value["sinceUs"])?,
            recovering_since: optional(&value["recoveringSinceUs"], instant)?,
        })
    };
    Some(PolicyInput { policy, memory: optional(&value["memory"], memory)? })
}

fn claim_of(claim: &Claim) -> Value {
    json!({
        "name": claim.name, "change": claim.change, "requestedBy": claim.requested_by, "approvedBy": claim.approved_by,
        "grantedUs": claim.granted_at.0, "expiresUs": claim.expires.0, "ofFile": claim.is_of_file,
        "tokensTakenBefore": claim.n_before,
    })
}

fn read_claim(value: &Value) -> Option<Claim> {
    Some(Claim {
        name: text(&value["name"])?,
        change: text(&value["change"])?,
        requested_by: text(&value["requestedBy"])?,
        approved_by: text(&value["approvedBy"])?,
        granted_at: instant(&value["grantedUs"])?,
        expires: instant(&value["expiresUs"])?,
        is_of_file: value["ofFile"].as_bool()?,
        n_before: number(&value["tokensTakenBefore"])?,
    })
}

const NOT_EVALUATED: [(&str, NotEvaluated); 4] = [
    ("noPeriod", NotEvaluated::NoPeriod),
    ("externalSource", NotEvaluated::ExternalSource),
    ("sliceLength", NotEvaluated::SliceLength),
    ("mixedSlices", NotEvaluated::MixedSlices),
];

fn not_evaluated_word(why: NotEvaluated) -> &'static str {
    NOT_EVALUATED.iter().find(|(_, known)| *known == why).map_or("", |(word, _)| word)
}

fn read_not_evaluated(value: &Value) -> Option<NotEvaluated> {
    let word = value.as_str()?;
    NOT_EVALUATED.iter().find(|(known, _)| *known == word).map(|(_, why)| *why)
}

fn unknown_word(on_unknown: OnUnknown) -> &'static str {
    match on_unknown {
        OnUnknown::Hold => "held",
        OnUnknown::Allow => "allow",
    }
}

fn read_unknown(value: &Value) -> Option<OnUnknown> {
    match value.as_str()? {
        "held" => Some(OnUnknown::Hold),
        "allow" => Some(OnUnknown::Allow),
        _ => None,
    }
}

/// `336/25`: exactly, and readable.
fn fraction_of(fraction: Fraction) -> String {
    format!("{}/{}", fraction.numerator(), fraction.denominator())
}

fn read_fraction(value: &Value) -> Option<Fraction> {
    let (numerator, denominator) = value.as_str()?.split_once('/')?;
    Fraction::new(numerator.parse().ok()?, denominator.parse().ok()?)
}

/// `Some(None)` for null, `None` where there is something that cannot be read.
fn optional<T>(value: &Value, read: impl Fn(&Value) -> Option<T>) -> Option<Option<T>> {
    if value.is_null() { Some(None) } else { read(value).map(Some) }
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

fn instant(value: &Value) -> Option<Timestamp> {
    value.as_i64().map(Timestamp)
}

fn length(value: &Value) -> Option<DurationUs> {
    value.as_i64().map(DurationUs)
}

fn number(value: &Value) -> Option<u32> {
    u32::try_from(value.as_u64()?).ok()
}

fn ppb(value: &Value) -> Option<Ppb> {
    Ppb::new(number(value)?)
}
