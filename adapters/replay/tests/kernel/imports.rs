//! What save files are imported to, held against the kernel's own iptables; and that a wrong import is found.

use nines_replay::{Error, Proof, prove};
use nines_traffic::Services;
use nines_traffic::compile::compile;
use nines_traffic::import::{Source, import, without_limits};
use nines_traffic::intent::{Intents, Walker, effective, read};
use nines_traffic::iptables::Ruleset;
use nines_traffic::iptables::read::read_as;
use nines_traffic::net::Family;
use nines_traffic::simulate::{Simulator, answer_line, packet_line};
use std::path::Path;

/// Packets below which nothing is proven.
const PACKETS_LEAST: usize = 100;

/// Holds an intent file against the rules it was made of.
fn proof(rules: &Ruleset, yaml: &str) -> Result<Proof, Error> {
    let loaded = read("traffic.yaml", yaml.as_bytes(), &Services::default());
    assert!(loaded.usable(), "{:?}", loaded.findings);
    // A replay sends more in a second than limits let in.
    let raw = loaded.intents.raw.iter().map(without_limits).collect();
    let intents = Intents { raw, ..loaded.intents };
    let mut effective = effective(&intents, None);
    effective.iter_mut().for_each(|rule| rule.limit = None);
    let walker = Walker::new(&effective, &intents);
    let table = compile(&intents, &effective).ok();
    prove(rules, |packet| walker.answer(packet), table.as_ref())
}

fn told(proof: &Proof) -> String {
    let line = |differing: &nines_replay::Differing| {
        let (packet, claimed) = (packet_line(&differing.packet), answer_line(&differing.claimed));
        format!("{packet}\n  claimed {claimed}\n  kernel  {:?}", differing.outcome)
    };
    proof.differing.iter().take(5).map(line).collect::<Vec<_>>().join("\n")
}

/// Each golden file of the importer, in each of its families.
pub fn golden() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../crates/traffic/tests/golden/import");
    let mut folders: Vec<_> = std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    for folder in folders.iter().filter(|folder| !folder.ends_with("unreadable") && !folder.ends_with("empty")) {
        let given = [("rules.v4", Family::V4), ("rules.v6", Family::V6)];
        let texts = given.map(|(file, family)| (std::fs::read_to_string(folder.join(file)).ok(), family));
        let texts: Vec<(String, Family)> =
            texts.into_iter().filter_map(|(text, family)| Some((text?, family))).collect();
        let sources: Vec<Source<'_>> =
            texts.iter().map(|(text, family)| Source { file: "f", text, family: *family }).collect();
        let imported = import(&sources, &Services::default());
        for rules in &imported.rules {
            let proof = match proof(rules, &imported.yaml) {
                Ok(proof) => proof,
                Err(error) => panic!("{}: {error:?}", folder.display()),
            };
            let name = folder.file_name().unwrap().to_string_lossy();
            println!("{name} {:?}: {} packets, {} of them unknown", rules.family, proof.n_asked, proof.n_unknown);
            assert!(proof.differing.is_empty(), "{name}: {}\n{}", proof.differing.len(), told(&proof));
            assert!(proof.n_asked - proof.n_unknown > PACKETS_LEAST, "{name}");
        }
    }
}

/// What stock tools are known to make of rules, planted into what a file is imported to: the rule, and what it became.
const MISCOMPILED: [(&str, &str, &str); 4] = [
    (
        "two ports that are both not asked for, as not both",
        "-A INPUT -p tcp -m tcp ! --sport 1234 ! --dport 80 -j DROP\n",
        "-A INPUT -p tcp -m tcp ! --sport 1234 -j DROP\n-A INPUT -p tcp -m tcp ! --dport 80 -j DROP\n",
    ),
    (
        "a port of UDP without its negation",
        "-A INPUT -p udp -m udp ! --dport 1024 -j DROP\n",
        "-A INPUT -p udp -m udp --dport 1024 -j DROP\n",
    ),
    (
        "ports of either side without their negation",
        "-A INPUT -p tcp -m multiport ! --ports 80,443 -j DROP\n",
        "-A INPUT -p tcp -m multiport --ports 80,443 -j DROP\n",
    ),
    (
        "a range of ports of either side as its two ends",
        "-A INPUT -p tcp -m multiport --ports 443:8081 -j DROP\n",
        "-A INPUT -p tcp -m multiport --ports 443,8081 -j DROP\n",
    ),
];

/// The replay finds each of them, and nothing where nothing was planted.
pub fn planted() {
    for (what, rule, became) in MISCOMPILED {
        let save = format!("*filter\n:INPUT ACCEPT [0:0]\n:FORWARD ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n{rule}COMMIT\n");
        let rules = read_as("f", &save, Family::V4, &Services::default()).rules;
        let source = Source { file: "f", text: &save, family: Family::V4 };
        let yaml = import(&[source], &Services::default()).yaml;
        let right = proof(&rules, &yaml).unwrap();
        assert!(right.differing.is_empty(), "{what}\n{}", told(&right));
        let indented = |rules: &str| rules.lines().map(|rule| format!("      {rule}\n")).collect::<String>();
        assert!(yaml.contains(&indented(rule)), "{what}: {yaml}");
        let wrong = proof(&rules, &yaml.replace(&indented(rule), &indented(became))).unwrap();
        println!("{what}: found in {} of {} packets", wrong.differing.len(), wrong.n_asked);
        assert!(!wrong.differing.is_empty(), "{what}");
    }
}

/// A simulator's own reading of rules is a claim, too.
pub fn simulated() {
    let save = "*nat\n:PREROUTING ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n:POSTROUTING ACCEPT [0:0]\n-A PREROUTING -d 192.0.2.1/32 -p tcp -m tcp --dport 8443 -j DNAT --to-destination 10.9.0.5:443\n-A PREROUTING -p tcp -m tcp --dport 80 -j REDIRECT --to-ports 8080\n-A POSTROUTING -d 10.9.0.5/32 -j MASQUERADE\nCOMMIT\n*filter\n:INPUT DROP [0:0]\n:FORWARD DROP [0:0]\n:OUTPUT ACCEPT [0:0]\n-A INPUT -p tcp -m tcp --dport 8080 -m conntrack --ctorigdstport 80 -j ACCEPT\n-A FORWARD -d 10.9.0.5/32 -p tcp -m tcp --dport 443 -m limit --limit 1/sec -j ACCEPT\nCOMMIT\n";
    let rules = read_as("f", save, Family::V4, &Services::default()).rules;
    let simulator = Simulator::new(&rules);
    let proof = prove(&rules, |packet| simulator.answer(packet), None).unwrap();
    println!("{} packets, {} of them unknown", proof.n_asked, proof.n_unknown);
    assert!(proof.differing.is_empty(), "{}", told(&proof));
    assert!(proof.n_asked > PACKETS_LEAST);
}
