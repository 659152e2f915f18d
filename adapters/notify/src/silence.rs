//! Silences as Alertmanager keeps them (API v2), read and held against the labels of our alerts.
//!
//! Matching is done here, because an alert that begins to fire while it is silenced was never seen by Alertmanager.
//! A matcher compares a label, one that is missing being empty, with a text or with a regular expression that
//! must take all of it.

use crate::http::{Http, Reach, checked_url};
use crate::sink::AlertLabels;
use crate::target::{Target, TargetFault, TargetKind};
use nines_base::Timestamp;
use regex::{Regex, RegexBuilder};
use serde_json::{Value, json};

/// Where silences are read.
const PATH: &str = "/api/v2/silences";

/// Largest list of silences; ended ones are in it for five days.
const ANSWER_BYTES_MAX: u64 = 16 << 20;

/// Silences of one Alertmanager that are looked at, the active ones first.
const SILENCES_MAX: usize = 1000;

/// Memory that the program of one regular expression may take. Alertmanager's are short.
const REGEX_BYTES_MAX: usize = 1 << 20;

/// A silence in force.
#[derive(Clone, Debug)]
pub struct Silence {
    /// What Alertmanager calls it.
    pub id: String,
    /// Who made it.
    pub by: String,
    /// Why.
    pub comment: String,
    /// When it ends; nothing says so in between.
    pub until: Timestamp,
    matchers: Vec<Matcher>,
}

#[derive(Clone, Debug)]
struct Matcher {
    name: String,
    compares: Compares,
    /// Whether a label must match, or must not.
    is_equal: bool,
}

#[derive(Clone, Debug)]
enum Compares {
    Text(String),
    /// As it was written, and so that it must take all of a label.
    Pattern(String, Regex),
}

impl Silence {
    /// Whether it is one of this alert.
    pub fn is_of(&self, labels: &AlertLabels<'_>, at: Timestamp) -> bool {
        let pairs = labels.pairs();
        let value = |name: &str| pairs.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value);
        at < self.until && self.matchers.iter().all(|matcher| matcher.holds(value(&matcher.name)))
    }
}

impl Matcher {
    fn holds(&self, value: &str) -> bool {
        let matches = match &self.compares {
            Compares::Text(text) => text == value,
            Compares::Pattern(_, pattern) => pattern.is_match(value),
        };
        matches == self.is_equal
    }
}

/// An Alertmanager's silences.
#[derive(Debug)]
pub struct SilenceReader {
    /// The target.
    pub name: String,
    http: Http,
    peers: Vec<String>,
    authorization: Option<String>,
}

impl SilenceReader {
    /// Of a target that is an Alertmanager; `None` for any other.
    pub fn of(target: &Target) -> Result<Option<SilenceReader>, TargetFault> {
        if target.kind != TargetKind::Alertmanager {
            return Ok(None);
        }
        let base = |url: &String| checked_url(url, PATH).map(|url| with_path(&url));
        let peers = target.urls.iter().map(base).collect::<Result<_, _>>()?;
        let authorization = target.key.as_ref().map(|token| format!("Bearer {}", token.expose()));
        let http = Http::new(Reach::of(target.allow_private));
        Ok(Some(SilenceReader { name: target.name.clone(), http, peers, authorization }))
    }

    /// The silences in force, as the first peer that answers has them. Peers tell each other of silences.
    pub fn read(&self, now: Timestamp) -> Result<Vec<Silence>, String> {
        let headers: Vec<(&str, &str)> =
            self.authorization.iter().map(|value| ("authorization", value.as_str())).collect();
        let mut failed = "it has no address".to_owned();
        for peer in &self.peers {
            let answered = self.http.ask(peer, &headers, None, ANSWER_BYTES_MAX);
            match answered.map(|answered| (answered.status, parse(&answered.body, now))) {
                Ok((200, Some(silences))) => return Ok(silences),
                Ok((200, None)) => failed = "its answer is no list of silences".to_owned(),
                Ok((status, _)) => failed = format!("status {status}"),
                Err(error) => failed = error.to_string(),
            }
        }
        Err(failed)
    }
}

/// The path of silences, where that of alerts is configured.
fn with_path(url: &str) -> String {
    let base = url.split('?').next().unwrap_or(url).trim_end_matches('/');
    let base = base.strip_suffix("/api/v2/alerts").or_else(|| base.strip_suffix(PATH)).unwrap_or(base);
    format!("{base}{PATH}")
}

/// Silences as Alertmanager lists them, for [`parse`] to read again.
pub fn written(silences: &[Silence]) -> String {
    let matcher = |matcher: &Matcher| {
        let (value, is_regex) = match &matcher.compares {
            Compares::Text(text) => (text, false),
            Compares::Pattern(text, _) => (text, true),
        };
        json!({ "name": matcher.name, "value": value, "isRegex": is_regex, "isEqual": matcher.is_equal })
    };
    let silence = |silence: &Silence| {
        let matchers: Vec<Value> = silence.matchers.iter().map(matcher).collect();
        // Every time that was read is one that can be written.
        let until = jiff::Timestamp::from_microsecond(silence.until.0).unwrap_or_default().to_string();
        json!({ "id": silence.id, "status": { "state": "active" }, "createdBy": silence.by, "comment": silence.comment,
                "endsAt": until, "matchers": matchers })
    };
    Value::from_iter(silences.iter().map(silence)).to_string()
}

/// Silences that are active. One that cannot be read is left out: it silences nothing here.
pub fn parse(body: &[u8], now: Timestamp) -> Option<Vec<Silence>> {
    let list: Value = serde_json::from_slice(body).ok()?;
    let active = list.as_array()?.iter().filter(|silence| silence["status"]["state"] == "active");
    Some(active.filter_map(silence_of).filter(|silence| now < silence.until).take(SILENCES_MAX).collect())
}

fn silence_of(value: &Value) -> Option<Silence> {
    let text = |name: &str| value[name].as_str().map(str::to_owned);
    let until = value["endsAt"].as_str()?.parse::<jiff::Timestamp>().ok()?;
    let matchers = value["matchers"].as_array()?.iter().map(matcher_of).collect::<Option<Vec<Matcher>>>()?;
    if matchers.is_empty() {
        return None;
    }
    Some(Silence {
        id: text("id")?,
        by: text("createdBy").unwrap_or_default(),
        comment: text("comment").unwrap_or_default(),
        until: Timestamp(until.as_microsecond()),
        matchers,
    })
}

fn matcher_of(value: &Value) -> Option<Matcher> {
    let text = value["value"].as_str()?;
    let compares = match value["isRegex"].as_bool().unwrap_or(false) {
        false => Compares::Text(text.to_owned()),
        true => {
            let whole = format!("^(?:{text})$");
            Compares::Pattern(text.to_owned(), RegexBuilder::new(&whole).size_limit(REGEX_BYTES_MAX).build().ok()?)
        }
    };
    // Left out by an Alertmanager before 0.22, which had no other.
    let is_equal = value["isEqual"].as_bool().unwrap_or(true);
    Some(Matcher { name: value["name"].as_str()?.to_owned(), compares, is_equal })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sink::tests::HttpServer;
    use crate::target::Secret;

    const NOW: Timestamp = Timestamp::from_secs(1_790_000_000);

    const LABELS: AlertLabels<'static> = AlertLabels {
        slo: "web-availability",
        objective: "1",
        service: "web",
        severity: "page",
        is_measured: true,
        is_urgent: true,
    };

    fn silence(matchers: Value) -> Value {
        json!({ "id": "s1", "status": { "state": "active" }, "createdBy": "kim", "comment": "the move",
                "startsAt": "2026-09-21T00:00:00Z", "endsAt": "2026-09-22T00:00:00.5Z", "matchers": matchers })
    }

    fn matcher(name: &str, value: &str, is_regex: bool, is_equal: bool) -> Value {
        json!({ "name": name, "value": value, "isRegex": is_regex, "isEqual": is_equal })
    }

    #[test]
    fn matchers_compare_as_alertmanagers_do() {
        let check = |matchers: &[Value], expected: bool| {
            let read = parse(json!([silence(json!(matchers))]).to_string().as_bytes(), NOW).unwrap();
            let silences = parse(written(&read).as_bytes(), NOW).unwrap();
            assert_eq!(written(&silences), written(&read), "what is written is read again as it was");
            assert_eq!(silences.iter().any(|silence| silence.is_of(&LABELS, NOW)), expected, "{matchers:?}");
        };
        check(&[matcher("slo", "web-availability", false, true)], true);
        check(&[matcher("slo", "web", false, true)], false);
        check(&[matcher("slo", "web", true, true)], false);
        check(&[matcher("slo", "web.*|api.*", true, true)], true);
        check(&[matcher("alertname", "SloBurnRate", false, true), matcher("service", "api", false, false)], true);
        check(&[matcher("service", "w.b", true, false)], false);
        check(&[matcher("region", "", false, true)], true);
        check(&[matcher("region", "eu", false, false)], true);
        check(&[matcher("severity", "page", false, true), matcher("service", "api", false, true)], false);
        check(&[json!({ "name": "service", "value": "web", "isRegex": false })], true);
        check(&[matcher("service", "(", true, true)], false);
        check(&[], false);
    }

    #[test]
    fn silences_are_read_from_the_first_peer_that_answers_until_they_end() {
        let of = |state: &str| {
            let mut one = silence(json!([matcher("service", "web", false, true)]));
            one["status"]["state"] = json!(state);
            one
        };
        let list = json!([of("expired"), of("pending"), of("active")]).to_string();
        let (down, up) = (HttpServer::start(&["503 Busy"]), HttpServer::start(&[&format!("200 OK\r\n\r\n{list}")]));
        let target = Target {
            name: "am".into(),
            kind: TargetKind::Alertmanager,
            urls: vec![down.url.clone(), format!("{}/am/api/v2/alerts", up.url)],
            from: None,
            to: Vec::new(),
            key: Some(Secret::new("token")),
            allow_private: true,
        };
        let reader = SilenceReader::of(&target).unwrap().unwrap();
        let silences = reader.read(NOW).unwrap();
        assert_eq!(silences.len(), 1);
        let one = &silences[0];
        assert_eq!((one.id.as_str(), one.by.as_str(), one.comment.as_str()), ("s1", "kim", "the move"));
        assert!(one.is_of(&LABELS, NOW) && !one.is_of(&LABELS, one.until));
        assert_eq!(down.requests()[0].line, "GET /api/v2/silences");
        assert_eq!(up.requests()[0].line, "GET /am/api/v2/silences");
        assert_eq!(up.requests()[0].header("authorization"), "Bearer token");
        let alone = Target { urls: vec![down.url.clone()], ..target.clone() };
        assert_eq!(SilenceReader::of(&alone).unwrap().unwrap().read(NOW).unwrap_err(), "status 503");
        assert!(SilenceReader::of(&Target { kind: TargetKind::Slack, ..target }).unwrap().is_none());
    }
}
