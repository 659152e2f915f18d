//! Alertmanager's API v2: alerts as label sets, posted to every peer and again every minute while they fire.
//!
//! Alertmanager groups, silences and repeats by itself; what it needs is to hear of a firing alert often enough,
//! and of its end. Every post carries `endsAt`: four intervals ahead while it fires, so that an alert ends by
//! itself where nobody says so, and when it ended afterwards.

use super::{SendError, Sink};
use crate::http::{Http, Reach, checked_url};
use crate::notice::{Happened, Notice, PolicyState, rfc3339, urgency};
use crate::target::{Secret, Target, TargetFault};
use nines_base::{DurationUs, Timestamp};
use serde_json::{Map, Value, json};

/// Firing alerts are told again this often, as Prometheus does.
const RESEND_EVERY: DurationUs = DurationUs::from_secs(60);

/// Intervals after which an alert that nobody repeats has ended.
const ENDS_AFTER: i64 = 4;

/// Where alerts are posted.
const PATH: &str = "/api/v2/alerts";

/// An Alertmanager with its peers.
#[derive(Debug)]
pub struct Alertmanager {
    http: Http,
    peers: Vec<String>,
    token: Option<Secret>,
}

impl Alertmanager {
    /// From a target: `urls` of all peers, in `key_file` perhaps a bearer token.
    pub fn of(target: &Target) -> Result<Alertmanager, TargetFault> {
        if target.urls.is_empty() {
            return Err(TargetFault::NoUrl);
        }
        let peers = target.urls.iter().map(|url| checked_url(url, PATH)).collect::<Result<_, _>>()?;
        Ok(Alertmanager { http: Http::new(Reach::of(target.allow_private)), peers, token: target.key.clone() })
    }

    /// Posts to every peer. One that took it is enough: the others hear of what fires within a minute, and of what
    /// ended by its `endsAt`.
    fn post(&self, alerts: &[Value]) -> Result<(), SendError> {
        let body = Value::from(alerts.to_vec()).to_string();
        let token = self.token.as_ref().map(|token| format!("Bearer {}", token.expose()));
        let headers: Vec<(&str, &str)> = token.iter().map(|token| ("authorization", token.as_str())).collect();
        let mut refusals = Vec::new();
        for peer in &self.peers {
            refusals.extend(self.http.post(peer, &headers, &body).err());
        }
        let n_taken = self.peers.len() - refusals.len();
        for refusal in refusals.iter().filter(|_| n_taken > 0) {
            tracing::warn!("a peer of Alertmanager took no alerts: {refusal}");
        }
        // A peer that is down may be up later, whatever another says.
        refusals.sort_by_key(|refusal| matches!(refusal, SendError::Never { .. }));
        match refusals.into_iter().next() {
            Some(refusal) if n_taken == 0 => Err(refusal),
            _ => Ok(()),
        }
    }
}

impl Sink for Alertmanager {
    fn send(&self, notice: &Notice, now: Timestamp) -> Result<(), SendError> {
        match notice.happened {
            // It has no notion of who takes care; people silence there.
            Happened::Acknowledged => Ok(()),
            Happened::Fires | Happened::Ended | Happened::Entered => self.post(&[alert(notice, now)]),
        }
    }

    fn refresh_every(&self) -> Option<DurationUs> {
        Some(RESEND_EVERY)
    }

    fn refresh(&self, firing: &[Notice], now: Timestamp) -> Result<(), SendError> {
        let alerts: Vec<Value> = firing.iter().map(|notice| alert(notice, now)).collect();
        if alerts.is_empty() { Ok(()) } else { self.post(&alerts) }
    }
}

/// An alert as Alertmanager takes it. Labels name it and never change while it fires; values are annotations.
fn alert(notice: &Notice, now: Timestamp) -> Value {
    let ends_at = match notice.happened {
        Happened::Ended => notice.at,
        _ => now + DurationUs(RESEND_EVERY.0 * ENDS_AFTER),
    };
    let mut alert = json!({
        "labels": labels(notice),
        "annotations": { "summary": notice.text, "episode": notice.episode },
        "startsAt": rfc3339(notice.started), "endsAt": rfc3339(ends_at),
    });
    if !notice.page.is_empty() {
        alert["generatorURL"] = json!(notice.page);
    }
    alert
}

fn labels(notice: &Notice) -> Value {
    if let Some(PolicyState { policy, state, .. }) = &notice.state {
        return json!({
            "alertname": "SloPolicyState", "service": notice.service, "policy": policy, "state": state,
            "severity": notice.urgency(),
        });
    }
    let labels = AlertLabels {
        slo: &notice.slo,
        objective: &notice.objective,
        service: &notice.service,
        severity: &notice.severity,
        is_measured: notice.reading.is_some(),
        is_urgent: notice.is_urgent,
    };
    labels.pairs().into_iter().map(|(name, value)| (name.to_owned(), Value::from(value))).collect::<Map<_, _>>().into()
}

/// By what Alertmanager knows an alert.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs)]
pub struct AlertLabels<'a> {
    pub slo: &'a str,
    pub objective: &'a str,
    pub service: &'a str,
    pub severity: &'a str,
    /// Whether burn rates are measured of it.
    pub is_measured: bool,
    /// Whether it wakes somebody.
    pub is_urgent: bool,
}

impl<'a> AlertLabels<'a> {
    /// Names and values.
    pub fn pairs(&self) -> [(&'static str, &'a str); 5] {
        let (name, severity) = match (self.is_measured, self.is_urgent) {
            (true, _) => ("SloBurnRate", self.severity),
            (false, is_urgent) => ("SloUnmeasured", urgency(is_urgent)),
        };
        let Self { slo, objective, service, .. } = *self;
        [("alertname", name), ("slo", slo), ("objective", objective), ("service", service), ("severity", severity)]
    }
}
