//! Each sink against a server that holds it to the documented contract.

mod server;

use crate::notice::{Happened, Notice, PolicyState, Reading};
use crate::sink::webhook::Signer;
use crate::sink::{SendError, Sink};
use crate::target::{Secret, Target, TargetFault, TargetKind};
use nines_base::{DurationUs, Timestamp};
use serde_json::{Value, json};
pub(crate) use server::HttpServer;
use server::MailServer;
use std::time::Duration;

const STARTED: Timestamp = Timestamp::from_secs(1_790_000_000);
const NOW: Timestamp = Timestamp::from_secs(1_790_000_090);
const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

fn notice(happened: Happened) -> Notice {
    Notice {
        key: "ca6e2b46386eb2a0-17".into(),
        happened,
        episode: "ca6e2b46386eb2a0".into(),
        slo: "web-availability".into(),
        objective: "1".into(),
        name: "web-availability".into(),
        service: "web".into(),
        severity: "page".into(),
        is_urgent: true,
        started: STARTED,
        at: NOW,
        text: "page: web-availability <burns> & burns".into(),
        reading: Some(Reading {
            long: "1h".into(),
            short: "5m".into(),
            threshold: 13.44,
            long_burn: Some(20.0),
            short_burn: Some(40.5),
            budget: Some(0.25),
        }),
        state: None,
        page: "http://127.0.0.1:9411/".into(),
    }
}

fn target(kind: TargetKind, urls: &[&str], key: Option<&str>) -> Target {
    Target {
        name: "on-call".into(),
        kind,
        urls: urls.iter().map(|url| (*url).to_owned()).collect(),
        from: Some("nines <nines@example.com>".into()),
        to: vec!["Kim <kim@example.com>".into(), "lee@example.com".into()],
        key: key.map(Secret::new),
        allow_private: true,
    }
}

fn sink(kind: TargetKind, urls: &[&str], key: Option<&str>) -> Box<dyn Sink> {
    target(kind, urls, key).sink().unwrap()
}

#[test]
fn av37_a_webhook_is_signed_as_the_standard_says() {
    let signer = Signer::new(SECRET).unwrap();
    let signature = signer.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, r#"{"test": 2432232314}"#);
    assert_eq!(signature, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    for wrong in ["", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_????", "whsec_c2hvcnQ="] {
        assert!(Signer::new(wrong).is_none(), "{wrong}");
    }
}

#[test]
fn a_webhook_keeps_its_id_over_retries_and_signs_what_it_sends() {
    let server = HttpServer::start(&["503 Busy", "204 No Content"]);
    let url = format!("{}/hook?x=1", server.url);
    let webhook = sink(TargetKind::Webhook, &[&url], Some(SECRET));
    assert_eq!(webhook.send(&notice(Happened::Ended), NOW), Err(SendError::later("status 503")));
    webhook.send(&notice(Happened::Ended), NOW + DurationUs::from_secs(5)).unwrap();
    let requests = server.requests();
    assert_eq!(requests[0].line, "POST /hook?x=1");
    let ids: Vec<&str> = requests.iter().map(|request| request.header("webhook-id")).collect();
    assert_eq!(ids, ["msg_ca6e2b46386eb2a0-17"; 2]);
    let last = &requests[1];
    assert_eq!(last.header("webhook-timestamp"), "1790000095");
    let signed = Signer::new(SECRET).unwrap().sign(ids[1], 1_790_000_095, &last.body);
    assert_eq!(last.header("webhook-signature"), signed);
    let body = last.json();
    assert_eq!(body["type"], "slo.alert.resolved");
    assert_eq!(body["timestamp"], "2026-09-21T14:14:50Z");
    assert_eq!(body["data"]["episode"], "ca6e2b46386eb2a0");
    assert_eq!(body["data"]["burn"]["threshold"], 13.44);
}

#[test]
fn alertmanager_hears_through_every_peer_and_again_until_the_end() {
    let (one, two) = (HttpServer::start(&["200 OK"]), HttpServer::start(&["200 OK"]));
    let alertmanager = sink(TargetKind::Alertmanager, &[&one.url, &format!("{}/", two.url)], Some("token"));
    alertmanager.send(&notice(Happened::Fires), NOW).unwrap();
    alertmanager.send(&notice(Happened::Acknowledged), NOW).unwrap();
    assert_eq!(alertmanager.refresh_every(), Some(DurationUs::from_secs(60)));
    let later = NOW + DurationUs::from_secs(60);
    alertmanager.refresh(&[notice(Happened::Fires)], later).unwrap();
    alertmanager.refresh(&[], later).unwrap();
    alertmanager.send(&notice(Happened::Ended), later).unwrap();
    for peer in [one, two] {
        let requests = peer.requests();
        let lines: Vec<&str> = requests.iter().map(|request| request.line.as_str()).collect();
        assert_eq!(lines, ["POST /api/v2/alerts"; 3]);
        assert!(requests.iter().all(|request| request.header("authorization") == "Bearer token"));
        let alerts: Vec<Value> = requests.iter().map(|request| request.json()[0].clone()).collect();
        let labels = json!({ "alertname": "SloBurnRate", "slo": "web-availability", "objective": "1",
                             "service": "web", "severity": "page" });
        assert!(alerts.iter().all(|alert| alert["labels"] == labels), "labels never change: {alerts:?}");
        assert!(alerts.iter().all(|alert| alert["startsAt"] == "2026-09-21T14:13:20Z"));
        let ends: Vec<&str> = alerts.iter().map(|alert| alert["endsAt"].as_str().unwrap()).collect();
        // Four minutes ahead, again a minute later, and when it ended.
        assert_eq!(ends, ["2026-09-21T14:18:50Z", "2026-09-21T14:19:50Z", "2026-09-21T14:14:50Z"]);
    }
}

#[test]
fn one_peer_of_alertmanager_is_enough_and_none_is_not() {
    let (up, down) = (HttpServer::start(&["200 OK"]), HttpServer::start(&["500 Oops"]));
    let refusing = HttpServer::start(&["400 Bad"]);
    let send = |urls: &[&str]| sink(TargetKind::Alertmanager, urls, None).send(&notice(Happened::Fires), NOW);
    assert_eq!(send(&[&down.url, &up.url]), Ok(()));
    assert_eq!(send(&[&refusing.url, &down.url]), Err(SendError::later("status 500")));
    assert_eq!(send(&[&refusing.url]), Err(SendError::Never { reason: "status 400".into() }));
}

#[test]
fn slack_gets_text_and_blocks_and_says_when_to_come_again() {
    let server = HttpServer::start(&["429 Too Many Requests\r\nretry-after: 7", "200 OK", "404 Not Found"]);
    // The address is the key: it comes from the file.
    let url = format!("{}/services/T0/B0/secret", server.url);
    let slack = sink(TargetKind::Slack, &[], Some(&url));
    let busy = SendError::Later { reason: "status 429".into(), after: Some(Duration::from_secs(7)) };
    assert_eq!(slack.send(&notice(Happened::Fires), NOW), Err(busy));
    slack.send(&notice(Happened::Fires), NOW).unwrap();
    let gone = slack.send(&notice(Happened::Fires), NOW).unwrap_err();
    assert_eq!(gone, SendError::Never { reason: "status 404".into() });
    let request = &server.requests()[1];
    assert_eq!(request.line, "POST /services/T0/B0/secret");
    let body = request.json();
    assert_eq!(body["text"], "🔴 page: web-availability &lt;burns&gt; &amp; burns");
    assert_eq!(body["blocks"][0]["text"]["type"], "mrkdwn");
    assert_eq!(slack.gap(), DurationUs::from_secs(1));
}

#[test]
fn pagerduty_opens_acknowledges_and_closes_one_incident() {
    let server = HttpServer::start(&["202 Accepted"]);
    let pagerduty = sink(TargetKind::PagerDuty, &[&server.url], Some("0123456789abcdef0123456789abcdef\n"));
    for happened in [Happened::Fires, Happened::Acknowledged, Happened::Ended] {
        pagerduty.send(&notice(happened), NOW).unwrap();
    }
    let requests = server.requests();
    assert!(requests.iter().all(|request| request.line == "POST /v2/enqueue"));
    let bodies: Vec<Value> = requests.iter().map(server::Request::json).collect();
    let actions: Vec<&Value> = bodies.iter().map(|body| &body["event_action"]).collect();
    assert_eq!(actions, ["trigger", "acknowledge", "resolve"]);
    let key = "nines:web-availability:1:page:ca6e2b46386eb2a0";
    assert!(bodies.iter().all(|body| body["dedup_key"] == key));
    assert!(bodies.iter().all(|body| body["routing_key"] == "0123456789abcdef0123456789abcdef"));
    let payload = &bodies[0]["payload"];
    assert_eq!((&payload["severity"], &payload["source"]), (&json!("critical"), &json!("web")));
    assert_eq!(payload["custom_details"]["longBurn"], 20.0);
    assert_eq!(bodies[2].get("payload"), None);

    let long = Notice { slo: "s".repeat(300), text: "t".repeat(2000), ..notice(Happened::Fires) };
    pagerduty.send(&long, NOW).unwrap();
    let body = server.requests()[3].json();
    assert_eq!(body["dedup_key"], "nines:ca6e2b46386eb2a0");
    assert_eq!(body["payload"]["summary"].as_str().unwrap().len(), 1024);
}

#[test]
fn where_there_is_no_page_there_is_no_link() {
    let server = HttpServer::start(&["202 Accepted"]);
    let plain = Notice { page: String::new(), ..notice(Happened::Fires) };
    let linked = notice(Happened::Fires);
    for sink in
        [sink(TargetKind::PagerDuty, &[&server.url], Some("key")), sink(TargetKind::Alertmanager, &[&server.url], None)]
    {
        sink.send(&plain, NOW).unwrap();
        sink.send(&linked, NOW).unwrap();
    }
    let has_link =
        |request: &server::Request| ["client_url", "generatorURL"].iter().any(|link| request.body.contains(link));
    let links: Vec<bool> = server.requests().iter().map(has_link).collect();
    assert_eq!(links, [false, true, false, true]);
}

#[test]
fn mail_goes_to_everybody_with_an_id_that_stays_and_a_thread_for_the_episode() {
    let server = MailServer::start("250 queued");
    let smtp = sink(TargetKind::Smtp, &[&server.url], None);
    let korean = Notice { text: "page: 소진율이 큽니다".into(), ..notice(Happened::Fires) };
    smtp.send(&korean, NOW).unwrap();
    smtp.send(&notice(Happened::Ended), NOW).unwrap();
    let mails = server.mails();
    let recipients: Vec<&String> = mails[0].0.iter().filter(|line| line.starts_with("RCPT")).collect();
    assert_eq!(recipients.len(), 2, "{:?}", mails[0].0);
    let message = &mails[0].1;
    for part in [
        "From: nines <nines@example.com>",
        "Message-ID: <ca6e2b46386eb2a0-17@nines.invalid>",
        "References: <ca6e2b46386eb2a0@nines.invalid>",
        "Date: Mon, 21 Sep 2026 14:14:50 +0000",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: quoted-printable",
    ] {
        assert!(message.contains(part), "{part} in {message}");
    }
    assert!(message.is_ascii(), "every server passes it on: {message}");
    assert!(mails[1].1.contains("Content-Transfer-Encoding: 7bit"), "{}", mails[1].1);
    assert!(mails[1].1.contains("Subject: [RESOLVED] page: web-availability <burns> & burns"), "{}", mails[1].1);
}

/// A service that entered a state of its policy.
fn entered() -> Notice {
    let (policy, state, before) = ("standard".into(), "restricted".into(), Some("healthy".into()));
    Notice {
        key: "policy-42".into(),
        happened: Happened::Entered,
        episode: "policy-42".into(),
        is_urgent: false,
        text: "web is restricted by standard".into(),
        reading: None,
        state: Some(PolicyState { policy, state, before }),
        ..notice(Happened::Fires)
    }
}

#[test]
fn the_state_of_a_policy_is_told_in_every_protocol() {
    let server = HttpServer::start(&["200 OK"]);
    for (kind, key) in [
        (TargetKind::Webhook, Some(SECRET)),
        (TargetKind::Alertmanager, None),
        (TargetKind::Slack, None),
        (TargetKind::PagerDuty, Some("0123456789abcdef0123456789abcdef")),
    ] {
        sink(kind, &[&server.url], key).send(&entered(), NOW).unwrap();
    }
    let bodies: Vec<Value> = server.requests().iter().map(|request| request.json()).collect();
    assert_eq!(server.requests()[0].header("webhook-id"), "msg_policy-42");
    assert_eq!(bodies[0]["type"], "slo.policy.entered");
    let data = &bodies[0]["data"];
    assert_eq!(
        [&data["service"], &data["policy"], &data["state"], &data["before"]],
        ["web", "standard", "restricted", "healthy"]
    );
    let labels = json!({ "alertname": "SloPolicyState", "service": "web", "policy": "standard", "state": "restricted",
                         "severity": "ticket" });
    assert_eq!(bodies[1][0]["labels"], labels);
    assert_eq!(bodies[2]["text"], "📋 web is restricted by standard");
    assert_eq!(
        (&bodies[3]["event_action"], &bodies[3]["dedup_key"]),
        (&json!("trigger"), &json!("nines:policy:web:standard"))
    );
    let mail = MailServer::start("250 queued");
    sink(TargetKind::Smtp, &[&mail.url], None).send(&entered(), NOW).unwrap();
    let message = &mail.mails()[0].1;
    assert!(message.contains("Subject: [ENTERED] web is restricted by standard"), "{message}");
    assert!(message.contains("policy: standard") && message.contains("state: restricted"), "{message}");
}

#[test]
fn a_mail_server_that_is_busy_is_asked_again_and_one_that_refuses_is_not() {
    let send =
        |reply| sink(TargetKind::Smtp, &[&MailServer::start(reply).url], None).send(&notice(Happened::Fires), NOW);
    assert!(matches!(send("451 later"), Err(SendError::Later { .. })));
    assert!(matches!(send("554 never"), Err(SendError::Never { .. })));
    // A password is not sent to a server without TLS.
    let server = MailServer::start("250 queued");
    let keyed = sink(TargetKind::Smtp, &[&server.url], Some("kim:secret"));
    assert!(keyed.send(&notice(Happened::Fires), NOW).is_err());
    assert!(server.mails().is_empty());
}

#[test]
fn addresses_of_this_machine_are_refused_unless_allowed() {
    let server = HttpServer::start(&["200 OK"]);
    let mail = MailServer::start("250 queued");
    let by_name = server.url.replace("127.0.0.1", "localhost");
    for (kind, url, key) in [
        (TargetKind::Webhook, &server.url, Some(SECRET)),
        (TargetKind::Webhook, &by_name, Some(SECRET)),
        (TargetKind::Alertmanager, &server.url, None),
        (TargetKind::Slack, &server.url, None),
        (TargetKind::PagerDuty, &server.url, Some("key")),
        (TargetKind::Smtp, &mail.url, None),
    ] {
        let refused = Target { allow_private: false, ..target(kind, &[url], key) };
        let error = refused.sink().unwrap().send(&notice(Happened::Fires), NOW).unwrap_err();
        assert!(error.to_string().contains("allow_private"), "{kind:?}: {error}");
    }
    assert!(server.requests().is_empty() && mail.mails().is_empty());
}

#[test]
fn a_server_that_is_gone_is_asked_again_and_its_address_is_not_told() {
    let url = HttpServer::start(&["200 OK"]).url.replace("127.0.0.1", "127.0.0.2");
    let slack = sink(TargetKind::Slack, &[], Some(&format!("{url}/services/secret")));
    let error = slack.send(&notice(Happened::Fires), NOW).unwrap_err();
    assert!(matches!(&error, SendError::Later { reason, .. } if !reason.contains("secret")), "{error}");
}

#[test]
fn targets_that_cannot_work_are_told_before_the_first_alert() {
    use TargetKind::{Alertmanager, PagerDuty, Slack, Smtp, Webhook};
    let fault = |kind, urls: &[&str], key| target(kind, urls, key).sink().err();
    assert_eq!(fault(Alertmanager, &[], None), Some(TargetFault::NoUrl));
    assert!(matches!(fault(Alertmanager, &["am:9093"], None), Some(TargetFault::BadUrl(_))));
    assert!(matches!(fault(Slack, &[], None), Some(TargetFault::NoKey(_))));
    assert!(matches!(fault(PagerDuty, &[], None), Some(TargetFault::NoKey(_))));
    assert!(matches!(fault(Webhook, &["https://a.example"], None), Some(TargetFault::NoKey(_))));
    assert!(matches!(fault(Webhook, &["https://a.example"], Some("x")), Some(TargetFault::BadKey(_))));
    let two = ["https://a.example", "https://b.example"];
    assert_eq!(fault(Webhook, &two, Some(SECRET)), Some(TargetFault::SeveralUrls(2)));
    assert!(matches!(fault(Smtp, &["http://mail.example"], None), Some(TargetFault::BadUrl(_))));
    let nobody = Target { to: Vec::new(), ..target(Smtp, &["smtps://mail.example"], None) };
    assert_eq!(nobody.sink().err(), Some(TargetFault::BadMailbox("to")));
    assert_eq!(format!("{:?}", Secret::new("whsec_x")), "(secret)");
}
