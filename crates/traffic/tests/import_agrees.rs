//! Random save files of a host's INPUT, imported, and asked by packets that were not made from them: whatever became
//! intents says the same as the rules.

use nines_traffic::Services;
use nines_traffic::generate::{Dice, Host, packets};
use nines_traffic::import::{Source, import};
use nines_traffic::intent::{Walker, effective, read};
use nines_traffic::net::Family;
use nines_traffic::simulate::{Packet, Simulator, State, Verdict, answer_line, packet_line};
use std::fmt::Write;

/// Files of a run.
const FILES: u64 = 40;
/// Packets for each.
const PACKETS: usize = 400;
/// Files of which intents must say something, or the test says nothing.
const SAID_LEAST: u32 = 15;

fn host() -> Host {
    let address = |text: &str| text.parse().unwrap();
    let (own, clients, servers) = ("10.50.255.1", "10.50.0.0", "10.60.0.0");
    Host {
        family: Family::V4,
        interfaces: ["s0", "s1"],
        own: address(own),
        clients: address(clients),
        servers: address(servers),
    }
}

/// A file as people write it: what stands passes, then rules in any order, then a last word.
fn file(dice: &mut Dice) -> String {
    let mut out = String::from("*filter\n");
    let policy = dice.one_of(&["DROP", "DROP", "ACCEPT"], "DROP");
    let _ = writeln!(out, ":INPUT {policy} [0:0]\n:FORWARD {policy} [0:0]\n:OUTPUT ACCEPT [0:0]\n:web - [0:0]");
    out.push_str("-A INPUT -i lo -j ACCEPT\n-A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT\n");
    for _ in 0..dice.below(8) {
        let net = dice.one_of(&["10.50.0.0/24", "10.50.1.0/24", "10.50.2.0/23", "10.50.0.3/32"], "10.50.0.0/24");
        let port = dice.one_of(&["22", "53", "79:81", "80", "443", "8080"], "80");
        let go = dice.one_of(&["ACCEPT", "ACCEPT", "DROP"], "ACCEPT");
        let rule = match dice.below(11) {
            0 => format!("-p icmp -j {go}"),
            1 => format!("-s {net} -p tcp -m tcp --dport {port} -j {go}"),
            2 => format!("-p udp -m udp --dport {port} -j {go}"),
            3 => format!("-p tcp -m multiport --dports 22,{port} -j {go}"),
            4 => format!("-p tcp -m conntrack --ctstate NEW -m tcp --dport {port} -j ACCEPT"),
            5 => "-m conntrack --ctstate INVALID -j DROP".to_owned(),
            6 => format!("! -s {net} -p tcp -m tcp --dport {port} -j DROP"),
            7 => format!("-s {net} -j {go}"),
            8 => format!("-p tcp -m tcp --dport {port} --tcp-flags FIN,SYN,RST,ACK SYN -j ACCEPT"),
            9 => "-p tcp -m tcp --dport 80 -j web".to_owned(),
            _ => format!("-p tcp -m tcp --dport {port} -j {go}"),
        };
        let _ = writeln!(out, "-A INPUT {rule}");
    }
    let _ = writeln!(out, "-A web -s 10.50.1.0/24 -j DROP\n-A web -j {}", dice.one_of(&["ACCEPT", "RETURN"], "RETURN"));
    if dice.once_in(3) {
        let _ = writeln!(out, "-A INPUT -j REJECT --reject-with icmp-port-unreachable");
    }
    out.push_str("COMMIT\n");
    out
}

/// A packet with what rules may ask of it, of any state.
fn told(dice: &mut Dice, packet: Packet) -> Packet {
    let state = dice.one_of(&State::ALL.map(|(state, _)| state), State::New);
    Packet { state, original: packet.destination, mark: Some(0), length: Some(60), ..packet }
}

#[test]
fn imp_1_whatever_becomes_intents_says_the_same_of_packets_at_large() {
    let mut n_said = 0;
    for seed in 1..=FILES {
        let mut dice = Dice::new(seed);
        let save = file(&mut dice);
        let imported = import(&[Source { file: "f", text: &save, family: Family::V4 }], &Services::default());
        n_said += u32::from(imported.says_intents);
        let loaded = read("traffic.yaml", imported.yaml.as_bytes(), &Services::default());
        assert!(loaded.usable(), "seed {seed}: {:?}\n{}", loaded.findings, imported.yaml);
        let rules = effective(&loaded.intents, None);
        let (simulator, walker) = (Simulator::new(&imported.rules[0]), Walker::new(&rules, &loaded.intents));
        for packet in packets(&mut dice, &host(), PACKETS) {
            let packet = told(&mut dice, packet);
            let (one, other) = (simulator.answer(&packet), walker.answer(&packet));
            assert_ne!(one.verdict, Verdict::Unknown);
            assert_eq!(
                (one.verdict, &one.to, &one.from),
                (other.verdict, &other.to, &other.from),
                "seed {seed}: {}\nrules  {}\nimport {}\n{save}\n{}",
                packet_line(&packet),
                answer_line(&one),
                answer_line(&other),
                imported.yaml
            );
        }
    }
    println!("{n_said} of {FILES} files became intents");
    assert!(n_said >= SAID_LEAST, "{n_said}");
}
