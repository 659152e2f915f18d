//! Webhooks signed as standard-webhooks says: HMAC-SHA256 over `id.timestamp.body`, and an id that stays the
//! same however often it is sent.

use super::{SendError, Sink};
use crate::http::{Http, Reach, checked_url};
use crate::notice::{Notice, PolicyState, rfc3339};
use crate::target::{Target, TargetFault, Wanted};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use nines_base::Timestamp;
use ring::hmac;
use serde_json::{Value, json};
use std::fmt;

/// What secrets begin with.
const SECRET_PREFIX: &str = "whsec_";

/// Bytes of a secret that the standard permits.
const SECRET_BYTES: std::ops::RangeInclusive<usize> = 24..=64;

/// A webhook.
#[derive(Debug)]
pub struct Webhook {
    http: Http,
    url: String,
    signer: Signer,
}

/// Signs messages.
pub struct Signer(hmac::Key);

impl fmt::Debug for Signer {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("(secret)")
    }
}

impl Signer {
    /// From `whsec_` and base64; `None` where it is not that.
    pub fn new(secret: &str) -> Option<Signer> {
        let bytes = STANDARD.decode(secret.strip_prefix(SECRET_PREFIX)?).ok()?;
        SECRET_BYTES.contains(&bytes.len()).then(|| Signer(hmac::Key::new(hmac::HMAC_SHA256, &bytes)))
    }

    /// The header `webhook-signature` of a message.
    pub fn sign(&self, id: &str, timestamp_s: i64, body: &str) -> String {
        let tag = hmac::sign(&self.0, format!("{id}.{timestamp_s}.{body}").as_bytes());
        format!("v1,{}", STANDARD.encode(tag))
    }
}

impl Webhook {
    /// From a target: its address in `urls`, the secret in `key_file`.
    pub fn of(target: &Target) -> Result<Webhook, TargetFault> {
        let url = checked_url(target.url()?.ok_or(TargetFault::NoUrl)?, "/")?;
        let key = target.key.as_ref().ok_or(TargetFault::NoKey(Wanted::WebhookSecret))?;
        let signer = Signer::new(key.expose()).ok_or(TargetFault::BadKey(Wanted::SigningKey))?;
        Ok(Webhook { http: Http::new(Reach::of(target.allow_private)), url, signer })
    }
}

impl Sink for Webhook {
    fn send(&self, notice: &Notice, now: Timestamp) -> Result<(), SendError> {
        let (id, timestamp_s) = (format!("msg_{}", notice.key), now.0.div_euclid(1_000_000));
        let body = message(notice).to_string();
        let signature = self.signer.sign(&id, timestamp_s, &body);
        let timestamp = timestamp_s.to_string();
        let headers =
            [("webhook-id", id.as_str()), ("webhook-timestamp", &timestamp), ("webhook-signature", &signature)];
        self.http.post(&self.url, &headers, &body)
    }
}

fn message(notice: &Notice) -> Value {
    if let Some(PolicyState { policy, state, before }) = &notice.state {
        return json!({
            "type": format!("slo.policy.{}", notice.happened.word()),
            "timestamp": rfc3339(notice.at),
            "data": {
                "service": notice.service, "policy": policy, "state": state, "before": before,
                "slo": notice.slo, "text": notice.text, "url": notice.page,
            },
        });
    }
    let reading = notice.reading.as_ref();
    json!({
        "type": format!("slo.alert.{}", notice.happened.word()),
        "timestamp": rfc3339(notice.at),
        "data": {
            "episode": notice.episode, "slo": notice.slo, "objective": notice.objective, "name": notice.name,
            "service": notice.service, "severity": notice.severity, "urgency": notice.urgency(),
            "startedAt": rfc3339(notice.started), "text": notice.text, "url": notice.page,
            "burn": reading.map(|reading| json!({
                "long": reading.long, "short": reading.short, "longBurn": reading.long_burn,
                "shortBurn": reading.short_burn, "threshold": reading.threshold, "budget": reading.budget,
            })),
        },
    })
}
