//! PagerDuty's Events API v2: trigger, acknowledge and resolve by one `dedup_key` for each episode.

use super::{SendError, Sink};
use crate::http::{Http, Reach, checked_url};
use crate::notice::{Happened, Notice, PolicyState, rfc3339};
use crate::target::{Secret, Target, TargetFault, Wanted};
use nines_base::Timestamp;
use serde_json::{Value, json};

/// Where events go unless `urls` says otherwise.
const URL: &str = "https://events.pagerduty.com";
const PATH: &str = "/v2/enqueue";

/// Longest `dedup_key` and `summary` that are taken, in characters.
const KEY_CHARS_MAX: usize = 255;
const SUMMARY_CHARS_MAX: usize = 1024;

/// A service of PagerDuty.
#[derive(Debug)]
pub struct PagerDuty {
    http: Http,
    url: String,
    routing_key: Secret,
}

impl PagerDuty {
    /// From a target: the routing key in `key_file`.
    pub fn of(target: &Target) -> Result<PagerDuty, TargetFault> {
        let url = checked_url(target.url()?.unwrap_or(URL), PATH)?;
        let routing_key = target.key.clone().ok_or(TargetFault::NoKey(Wanted::RoutingKey))?;
        Ok(PagerDuty { http: Http::new(Reach::of(target.allow_private)), url, routing_key })
    }

    fn event(&self, notice: &Notice) -> Value {
        let action = match notice.happened {
            Happened::Fires | Happened::Entered => "trigger",
            Happened::Acknowledged => "acknowledge",
            Happened::Ended => "resolve",
        };
        let mut event = json!({
            "routing_key": self.routing_key.expose(), "event_action": action, "dedup_key": dedup_key(notice),
        });
        if action == "trigger" {
            let reading = notice.reading.as_ref();
            event["payload"] = json!({
                "summary": notice.text.chars().take(SUMMARY_CHARS_MAX).collect::<String>(),
                "source": notice.service, "severity": severity(notice), "timestamp": rfc3339(notice.started),
                "component": notice.name, "group": notice.service, "class": "slo",
                "custom_details": {
                    "slo": notice.slo, "objective": notice.objective, "severity": notice.severity,
                    "episode": notice.episode,
                    "long": reading.map(|reading| &reading.long), "short": reading.map(|reading| &reading.short),
                    "longBurn": reading.map(|reading| reading.long_burn),
                    "shortBurn": reading.map(|reading| reading.short_burn),
                    "threshold": reading.map(|reading| reading.threshold),
                    "budget": reading.map(|reading| reading.budget),
                },
            });
            event["client"] = json!("nines");
            if !notice.page.is_empty() {
                event["client_url"] = json!(notice.page);
            }
        }
        event
    }
}

impl Sink for PagerDuty {
    fn send(&self, notice: &Notice, _now: Timestamp) -> Result<(), SendError> {
        self.http.post(&self.url, &[], &self.event(notice).to_string())
    }
}

/// The same for all of an episode.
fn dedup_key(notice: &Notice) -> String {
    if let Some(PolicyState { policy, .. }) = &notice.state {
        // One incident for each policy of a service, whatever states follow; people close it.
        let key = format!("nines:policy:{}:{policy}", notice.service);
        return key.chars().take(KEY_CHARS_MAX).collect();
    }
    let Notice { slo, objective, severity, episode, .. } = notice;
    let key = format!("nines:{slo}:{objective}:{severity}:{episode}");
    if key.chars().count() <= KEY_CHARS_MAX { key } else { format!("nines:{episode}") }
}

/// PagerDuty knows four; a word of the team's own is one of them, or goes by whether it wakes somebody.
fn severity(notice: &Notice) -> &str {
    match notice.severity.as_str() {
        known @ ("critical" | "error" | "warning" | "info") => known,
        _ if notice.is_urgent => "critical",
        _ => "warning",
    }
}
