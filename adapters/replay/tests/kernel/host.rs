//! A host in a namespace: two wires, rules from a seed, packets through them, and what its counters say.

use crate::harness::tool;
use nines_replay::{Arrived, Ground, Interface, Outcome, Replay, Tool, pose};
use nines_traffic::generate::{Dice, Host, packets, ruleset};
use nines_traffic::iptables::print;
use nines_traffic::net::{Endpoint, Family, Net};
use nines_traffic::simulate::{Answer, HostFacts, Packet, Simulator, State, Verdict, answer_line, packet_line};

/// The host that rules are generated for.
pub fn host(family: Family) -> Host {
    let (own, clients, servers) = match family {
        Family::V4 => ("10.50.255.1", "10.50.0.0", "10.60.0.0"),
        Family::V6 => ("fd00:50::ffff", "fd00:50::", "fd00:60::"),
    };
    let address = |text: &str| text.parse().unwrap();
    Host { family, interfaces: ["s0", "s1"], own: address(own), clients: address(clients), servers: address(servers) }
}

/// The same as a replay makes it.
pub fn ground(host: &Host) -> Ground {
    let interface = |name: &str, own| Interface { name: name.to_owned(), own };
    let [first, second] = host.interfaces;
    let servers = Net::of_length(host.servers, host.family.bits() - 16);
    Ground {
        family: host.family,
        interfaces: vec![interface(first, vec![host.own]), interface(second, Vec::new())],
        routes: vec![(servers, second.to_owned())],
    }
}

/// How much was asked.
#[derive(Default)]
pub struct Told {
    pub n_packets: usize,
    pub n_unknown: usize,
}

/// What is told of it.
pub fn facts(host: &Host) -> HostFacts {
    HostFacts { addresses: Some(vec![Net::host(host.own)]), ..HostFacts::default() }
}

/// The packet with the way that the kernel's routing takes after a translation; none where a packet cannot tell what
/// the kernel will see: which address of this host a redirect on the way through means, and by which interface a
/// redirected local packet was to leave, which later rules of OUTPUT still see.
pub fn routed(simulator: &Simulator<'_>, packet: &Packet, host: &Host) -> Option<Packet> {
    let Some(to) = simulator.translated(packet) else { return Some(packet.clone()) };
    let address = to.address.filter(|_| !to.is_own)?.first;
    let is_here = address == host.own || address == host.family.loopback();
    let output = match (is_here, &packet.input) {
        (true, Some(_)) => None,
        (false, Some(_)) => Some(host.interfaces[1].to_owned()),
        (_, None) if packet.output.as_deref() == Some("lo") => packet.output.clone(),
        (_, None) => return None,
    };
    Some(Packet { output, ..packet.clone() })
}

/// Loads the rules of a seed and sends its packets; what differs, as text.
pub fn differences(replay: &mut Replay, host: &Host, seed: u64, n_packets: usize) -> (Told, Vec<String>) {
    let mut dice = Dice::new(seed);
    let rules = ruleset(&mut dice, host, seed.is_multiple_of(2));
    let text = print(&rules);
    replay.load_save(Tool::Legacy, &text).unwrap();
    assert_written_back(host.family, &text);
    let simulator = Simulator::new(&rules);
    let ground = ground(host);
    let posed = packets(&mut dice, host, n_packets).into_iter().map(|packet| pose(&packet, &ground).unwrap());
    let told = posed.filter_map(|packet| {
        let routed = routed(&simulator, &packet, host)?;
        let answer = simulator.answer(&routed);
        Some(((routed, answer), packet))
    });
    let (told, sent): (Vec<(Packet, Answer)>, Vec<Packet>) = told.unzip();
    let mut wrong = Vec::new();
    let mut n_unknown = 0;
    for ((packet, answer), asked) in told.iter().zip(replay.ask(&sent).unwrap()) {
        let (_, outcome) = asked.unwrap();
        if answer.verdict == Verdict::Unknown {
            n_unknown += 1;
        } else if !agrees(packet, answer, &outcome) {
            let (packet, answer) = (packet_line(packet), answer_line(answer));
            wrong.push(format!("seed {seed}: {packet}\n  simulator {answer}\n  kernel    {outcome:?}\n{text}"));
        }
    }
    (Told { n_packets: sent.len(), n_unknown }, wrong)
}

/// What the kernel's own tool writes of the rules it loaded is what we wrote, rule by rule.
fn assert_written_back(family: Family, text: &str) {
    let rules = |text: &str| {
        let mut lines: Vec<String> = text.lines().filter(|line| line.starts_with("-A")).map(str::to_owned).collect();
        lines.sort();
        lines
    };
    let save = if family == Family::V4 { "iptables-legacy-save" } else { "ip6tables-legacy-save" };
    assert_eq!(rules(&tool(save, &[])), rules(text));
}

/// Whether the kernel did what the answer says: the same verdict by the same rule, every rule of the path and no other
/// counted, addresses and ports behind all rules, and conntrack's.
pub fn agrees(packet: &Packet, answer: &Answer, outcome: &Outcome) -> bool {
    let sorted = |names: &[String]| {
        let mut names = names.to_vec();
        names.sort();
        names
    };
    let is_same = answer.verdict == outcome.verdict && answer.rule.as_deref() == Some(&outcome.rule);
    is_same
        && sorted(&answer.path) == sorted(&outcome.counted)
        && outcome.arrived.is_none_or(|arrived| looks_so(packet, answer, &arrived))
}

/// Whether a packet that arrived has the addresses of the answer, in its header and to conntrack.
pub fn looks_so(packet: &Packet, answer: &Answer, arrived: &Arrived) -> bool {
    let end = |text: &Option<String>, before: Option<Endpoint>| {
        text.as_ref().and_then(|text| Endpoint::parse(text)).or(before).unwrap()
    };
    let (to, from) = (end(&answer.to, packet.destination), end(&answer.from, packet.source));
    let same = |wanted: Endpoint, is: Endpoint| {
        wanted.address == is.address && (wanted.port.is_none() || wanted.port == is.port)
    };
    let is_tracked = arrived.reply.is_none_or(|(source, destination)| same(to, source) && same(from, destination));
    let must_be_tracked = packet.state == State::New && (answer.to.is_some() || answer.from.is_some());
    same(to, arrived.destination)
        && same(from, arrived.source)
        && is_tracked
        && (arrived.reply.is_some() || !must_be_tracked)
}
