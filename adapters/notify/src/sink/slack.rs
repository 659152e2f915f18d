//! Slack's incoming webhooks: a text with blocks, at most one a second.

use super::{SendError, Sink};
use crate::http::{Http, Reach, checked_url};
use crate::notice::{Happened, Notice, rfc3339};
use crate::target::{Secret, Target, TargetFault, Wanted};
use nines_base::{DurationUs, Timestamp};
use serde_json::{Value, json};

/// What Slack bears of one webhook.
const GAP: DurationUs = DurationUs::from_secs(1);

/// A webhook of Slack. Its address is the key to the channel.
#[derive(Debug)]
pub struct Slack {
    http: Http,
    url: Secret,
}

impl Slack {
    /// From a target: the webhook's address in `key_file`, or in `urls`.
    pub fn of(target: &Target) -> Result<Slack, TargetFault> {
        let kept = target.key.as_ref().map(Secret::expose);
        let url = target.url()?.or(kept).ok_or(TargetFault::NoKey(Wanted::WebhookAddress))?;
        let url = Secret::new(&checked_url(url, "/")?);
        Ok(Slack { http: Http::new(Reach::of(target.allow_private)), url })
    }
}

impl Sink for Slack {
    fn send(&self, notice: &Notice, _now: Timestamp) -> Result<(), SendError> {
        self.http.post(self.url.expose(), &[], &message(notice).to_string())
    }

    fn gap(&self) -> DurationUs {
        GAP
    }
}

/// A message. `text` is what notifications and old clients show.
fn message(notice: &Notice) -> Value {
    let mark = match (notice.happened, notice.is_urgent) {
        (Happened::Ended, _) => "✅",
        (Happened::Acknowledged, _) => "👀",
        (Happened::Entered, _) => "📋",
        (Happened::Fires, true) => "🔴",
        (Happened::Fires, false) => "🟡",
    };
    let text = escape(&notice.text);
    let mut context = format!("{} · {} · {}", escape(&notice.service), notice.urgency(), rfc3339(notice.started));
    if !notice.page.is_empty() {
        context.push_str(&format!(" · <{}|nines>", notice.page));
    }
    json!({
        "text": format!("{mark} {text}"),
        "blocks": [
            { "type": "section", "text": { "type": "mrkdwn", "text": format!("{mark} *{text}*") } },
            { "type": "context", "elements": [{ "type": "mrkdwn", "text": context }] },
        ],
    })
}

/// The three characters that Slack's texts give a meaning.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
