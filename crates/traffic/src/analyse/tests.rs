//! What is told of rules, and what is not.

use super::{intents, lock_out, ruleset};
use crate::intent::{Session, effective, read};
use crate::{Services, iptables};

fn loaded(rules: &str) -> crate::intent::Intents {
    let text = format!(
        "traffic:\n  lists: {{ office: [10.0.0.0/8], empty: [], bad: {{ file: bad.txt }} }}\n  otherwise: deny\n  inbound:\n{rules}"
    );
    let text = text.replace("empty: [], ", if rules.contains("empty") { "empty: [], " } else { "" });
    let loaded = read("f", text.as_bytes(), &Services::default());
    assert!(loaded.usable(), "{:?}", loaded.findings);
    loaded.intents
}

fn told(rules: &str) -> String {
    let findings = intents(&loaded(rules));
    findings.iter().map(|finding| format!("{} {}", finding.path, finding.fact)).collect::<Vec<_>>().join(" | ")
}

#[test]
fn a_rule_that_is_decided_before_is_told() {
    assert_eq!(
        told("  - allow: 20-30\n  - allow: ssh\n    from: office\n"),
        "traffic.inbound[1] the rule is never asked: 'inbound/1' decides the same for all its packets before"
    );
    assert_eq!(
        told("  - deny: all\n    from: office\n  - allow: ssh\n    from: 10.1.0.0/16\n"),
        "traffic.inbound[1] the rule is never asked: 'inbound/1' decides otherwise for all its packets before"
    );
    assert_eq!(
        told("  - allow: 1-50\n  - deny: 51-100\n  - allow: 40-60\n"),
        "traffic.inbound[2] the rule is never asked: rules before it decide for all its packets"
    );
    assert!(told("  - redirect: 80 -> 8080\n  - deny: 80\n    from: office\n").contains("decides otherwise"));
}

#[test]
fn a_rule_that_may_still_be_asked_is_not_told() {
    assert_eq!(told("  - allow: ssh\n    from: office\n  - allow: ssh\n"), "");
    assert_eq!(told("  - allow: 20-30\n  - allow: 22/udp\n"), "");
    assert_eq!(told("  - allow: 1-50\n  - deny: 52-100\n  - allow: 40-60\n"), "");
    assert_eq!(told("  - deny: all\n    from: 10.0.0.0/8\n  - allow: ssh\n    from: bad\n"), "");
    assert_eq!(told("  - forward: 80 -> 10.0.0.9\n  - allow: 80\n"), "");
}

#[test]
fn a_rule_that_opens_a_backend_is_told() {
    let text = told("  - redirect: 80 -> 8080\n  - allow: 8000-9000\n");
    assert_eq!(
        text,
        "traffic.inbound[1] the rule opens 8080, the backend of 'inbound/1', to whoever dials it directly"
    );
    assert!(told("  - redirect: 80 -> 8080\n  - allow: all\n    from: office\n").contains("opens 8080"));
    assert_eq!(told("  - redirect: 80 -> 8080\n  - allow: 8080/udp\n  - deny: 8080\n"), "");
}

#[test]
fn whoever_applies_rules_is_not_locked_out_unnoticed() {
    let session = Session { client: "192.0.2.9".parse().unwrap(), port: 22 };
    let own = "192.0.2.1".parse().unwrap();
    let check = |rules: &str| {
        let intents = loaded(rules);
        lock_out(&intents, &effective(&intents, None), session, own).map(|finding| finding.fact.to_string())
    };
    assert_eq!(check("  - allow: ssh\n"), None);
    let told = check("  - allow: ssh\n    from: office\n").unwrap();
    assert_eq!(told, "192.0.2.9 could no longer open port 22 of this host: 'otherwise' keeps it out");
    assert!(check("  - redirect: 22 -> 2222\n").is_some(), "another port answers");
    let intents = loaded("  - deny: all\n");
    assert_eq!(
        lock_out(&intents, &effective(&intents, Some(session)), session, own),
        None,
        "the session guards itself"
    );
}

#[test]
fn rules_of_a_save_file_that_are_never_asked_are_told() {
    let told = |rules: &str| {
        let text = format!("*filter\n:u - [0:0]\n{rules}COMMIT\n");
        let read = iptables::read("f", &text, &Services::default());
        assert!(read.is_whole(), "{:?}", read.findings);
        let findings = ruleset("f", &read.rules);
        findings.iter().map(|f| format!("{}:{} {}", f.place.line, f.path, f.fact)).collect::<Vec<_>>().join(" | ")
    };
    assert_eq!(
        told(
            "-A INPUT -s 10.0.0.0/8 -p tcp -j u\n-A u -s 10.0.0.0/8 -j DROP\n-A u -s 10.1.0.0/16 -p tcp -m tcp --dport 22 -j ACCEPT\n"
        ),
        "5:filter/u/2 the rule is never asked: 'filter/u/1' decides otherwise for all its packets before"
    );
    assert!(told("-A INPUT -j u\n-A INPUT -j ACCEPT\n-A INPUT -j ACCEPT\n").contains("decides the same"));
    assert_eq!(told("-A INPUT -j ACCEPT\n"), "1:filter/u no rule calls chain 'u'");
    assert_eq!(told("-A INPUT -j u\n-A INPUT -m limit --limit 1/s -j ACCEPT\n-A INPUT -j DROP\n"), "");
    assert_eq!(told("-A INPUT -j u\n-A INPUT -p tcp -j LOG\n-A INPUT -p tcp -j DROP\n"), "");
}
