//! Rules of a host, as files, sockets and the kernel bring them.
//!
//! Claims: no bytes make a reader panic; findings stand in the text and say something in both languages; a save file that is
//! read prints to one that means the same; intents without faults have rules, and a plan's bytes are its own.

use nines_base::lang::{Lang, Message};
use nines_netd::protocol::{Answer, Request};
use nines_nft::codec::{self, Elements, family_of, kind, nftables_kind};
use nines_nft::wire::messages;
use nines_traffic::intent::{self, effective};
use nines_traffic::iptables::{print, read};
use nines_traffic::plan::{read_plan, write_plan};
use nines_traffic::{Finding, Services, Severity, analyse};

const NAME: &str = "fuzzed";

/// Checks an intent file.
pub fn intents(bytes: &[u8]) {
    let loaded = intent::read(NAME, bytes, &Services::default());
    check_findings(&loaded.findings, bytes);
    if loaded.findings.iter().all(|finding| finding.severity != Severity::Error) {
        let _ = effective(&loaded.intents, None);
        check_findings(&analyse::intents(&loaded.intents), bytes);
    }
}

/// Checks what `iptables-save` may have written.
pub fn save_file(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let first = read::read(NAME, &text, &Services::default());
    check_findings(&first.findings, text.as_bytes());
    if first.findings.iter().any(|finding| finding.severity == Severity::Error) {
        return;
    }
    let _ = analyse::ruleset(NAME, &first.rules);
    let printed = print(&first.rules);
    let again = read::read_as(NAME, &printed, first.rules.family, &Services::default());
    assert_eq!(print(&again.rules), printed, "what is printed is its own form");
}

/// Checks what may stand in a plan's file or come over netd's socket.
pub fn netd_message(bytes: &[u8]) {
    let _ = (Request::read(bytes), Answer::read(bytes));
    if let Ok(plan) = read_plan(bytes) {
        assert_eq!(write_plan(&plan), bytes, "a plan has one form");
    }
}

/// Checks what the kernel may say of its rules.
pub fn netlink(bytes: &[u8]) {
    for message in messages(bytes) {
        let Ok(message) = message else { return };
        let Some(kind) = nftables_kind(message.kind) else { continue };
        let Ok((family, attributes)) = message.family_and_attributes() else { continue };
        let Some(family) = family_of(family) else { continue };
        match kind {
            kind::NEW_TABLE => drop(codec::read_table(family, &attributes)),
            kind::NEW_CHAIN => drop(codec::read_chain(family, &attributes)),
            kind::NEW_OBJECT => drop(codec::read_object(family, &attributes)),
            kind::NEW_GENERATION => drop(codec::read_generation(&attributes)),
            kind::TRACE => drop(codec::read_trace(family, &attributes)),
            kind::NEW_RULE => drop(codec::read_rule(family, &attributes)),
            kind::NEW_SET | kind::NEW_ELEMENTS => {
                let mut elements = Elements::default();
                let read = codec::read_elements(&attributes, &mut elements);
                if let (Ok(()), Ok((_, head))) = (read, codec::read_set(family, &attributes)) {
                    let _ = elements.finish(&head);
                }
            }
            _ => {}
        }
    }
}

fn check_findings(findings: &[Finding], bytes: &[u8]) {
    // YAML also ends a line at a carriage return alone.
    let n_lines = bytes.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count() + 1;
    for finding in findings {
        let place = &finding.place;
        let is_inside = (1..=n_lines).contains(&place.line) && place.column >= 1;
        assert!(is_inside, "{place:?} of {n_lines} lines");
        for lang in [Lang::En, Lang::Ko] {
            assert!(!finding.fact.text(lang).is_empty() && !finding.hint.text(lang).is_empty(), "{finding:?}");
        }
    }
}

/// Intents of every sort.
pub fn intent_seeds() -> Vec<(String, Vec<u8>)> {
    vec![("seed-all".to_owned(), INTENTS.as_bytes().to_vec())]
}

/// Save files of both families.
pub fn save_seeds() -> Vec<(String, Vec<u8>)> {
    [("seed-v4", SAVED_4), ("seed-v6", SAVED_6)].map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())).into()
}

/// Requests and a plan.
pub fn message_seeds() -> Vec<(String, Vec<u8>)> {
    use nines_traffic::nft::Snapshot;
    use nines_traffic::plan::{Asked, Digest, LegacyTables, Seen, plan};
    let text = "traffic:\n  inbound:\n    - allow: 22\n  otherwise: deny\n";
    let asked = Asked { file: NAME.to_owned(), text: text.to_owned(), ..Asked::default() };
    let snapshot = Snapshot { generation: 1, tables: Vec::new() };
    let legacy = LegacyTables { digest: Digest::of(b""), in_use: vec!["ip filter".to_owned()] };
    let requests =
        [("seed-status", Request::Status.write()), ("seed-plan-request", Request::Plan(asked.clone()).write())];
    let plan = plan(asked, Seen { boot: "boot", snapshot: &snapshot, legacy: &legacy }, None);
    let plan = plan.into_iter().map(|plan| ("seed-plan".to_owned(), write_plan(&plan)));
    requests.map(|(name, bytes)| (name.to_owned(), bytes)).into_iter().chain(plan).collect()
}

/// A transaction of a table, as it is sent.
pub fn netlink_seeds() -> Vec<(String, Vec<u8>)> {
    use nines_traffic::compile::compile;
    use nines_traffic::nft::Batch;
    let intents = intent::read(NAME, INTENTS.as_bytes(), &Services::default()).intents;
    let table = compile(&intents, &effective(&intents, None)).ok();
    let batch = table.and_then(|table| codec::encode(&Batch::create(&table), Some(7), 1).ok());
    batch.into_iter().map(|encoded| ("seed-table".to_owned(), encoded.bytes)).collect()
}

const INTENTS: &str = r#"traffic:
  management: { ssh: { from: [203.0.113.0/24, "2001:db8::/32"] } }
  lists:
    office: [203.0.113.7, "2001:db8:7::/48"]
  inbound:
    - redirect: 80 -> 8080
      from: office
    - allow: [443, 53/udp]
      limit: { new_connections: 50/s per source }
    - deny: 7000-7010
      log: sample 1/s
    - forward: 5432 -> 10.0.2.5:5432
      masquerade: no
  otherwise: reject
  outbound: { otherwise: allow }
"#;

const SAVED_4: &str = "*filter\n:INPUT DROP [1:60]\n:FORWARD ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n:mine - [0:0]\n\
-A INPUT -i lo -j ACCEPT\n[3:180] -A INPUT -p tcp -m multiport --dports 22,80:90 -m conntrack --ctstate NEW,ESTABLISHED -j mine\n\
-A mine ! -s 10.0.0.0/8 -m comment --comment \"a \\\"b\\\"\" -j REJECT --reject-with tcp-reset\n-A mine -j RETURN\nCOMMIT\n\
*nat\n:PREROUTING ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n-A PREROUTING -p tcp --dport 80 -j REDIRECT --to-ports 8080\nCOMMIT\n";

const SAVED_6: &str = "# Generated by ip6tables-save v1.8.9\n*filter\n:INPUT ACCEPT [0:0]\n\
-A INPUT -p ipv6-icmp -m icmp6 --icmpv6-type 135 -j ACCEPT\n-A INPUT -s 2001:db8::/32 -j DROP\nCOMMIT\n";
