//! Intents held against the kernel: random intent files, compiled, loaded over our netlink, and asked by real
//! packets: the rules that count, whether a packet arrives, and where.

use crate::case::routed;
use nines_replay::{Error, Outcome, Replay};
use nines_traffic::Services;
use nines_traffic::compile::compile;
use nines_traffic::generate::{Dice, Host, packets, ruleset};
use nines_traffic::intent::{Walker, effective, read};
use nines_traffic::iptables::matches::Match;
use nines_traffic::iptables::{Ruleset, print};
use nines_traffic::net::{Endpoint, Family};
use nines_traffic::nft::text::render_table;
use nines_traffic::simulate::{Answer, Packet, Simulator, Verdict, answer_line, packet_line};
use std::collections::BTreeSet;
use std::fmt::Write;

/// An intent file of a seed, for the host of these tests.
fn file(dice: &mut Dice, family: Family) -> String {
    let (nets, servers): (&[&str], &str) = match family {
        Family::V4 => (&["10.50.0.0/24", "10.50.1.0/24", "10.50.2.0/23", "10.50.0.3", "10.50.0.0/16"], "10.60.1.3"),
        Family::V6 => (
            &["fd00:50::/120", "fd00:50::100/120", "fd00:50::200/119", "fd00:50::3", "fd00:50::/112"],
            "[fd00:60::103]",
        ),
    };
    let mut out = format!("traffic:\n  lists: {{ some: ['{}', '{}'] }}\n", nets[0], nets[2]);
    let otherwise = dice.one_of(&["deny", "reject", "allow"], "deny");
    let _ = writeln!(out, "  otherwise: {otherwise}\n  inbound:");
    let mut dialled = BTreeSet::new();
    for _ in 0..=dice.below(6) {
        let port = dice.one_of(&["22", "53/udp", "79-81", "80", "443", "1023-1024", "8080", "all"], "80");
        let single = dice.one_of(&["22", "53/udp", "80", "443", "79", "1024/udp"], "80");
        let to = dice.one_of(&["8080", "81", "1023"], "8080");
        let is_new = dialled.insert(single);
        let line = match dice.below(6) {
            0 if is_new => format!("redirect: {single} -> {to}"),
            1 if is_new => format!("forward: {single} -> {servers}{}", if dice.once_in(2) { ":8080" } else { "" }),
            2 | 3 => format!("deny: {port}"),
            _ => format!("allow: {port}"),
        };
        let _ = writeln!(out, "  - {line}");
        match dice.below(4) {
            0 => drop(writeln!(out, "    from: some")),
            1 => drop(writeln!(out, "    from: '{}'", dice.one_of(nets, nets[0]))),
            2 => drop(writeln!(out, "    from: [some, '{}']", dice.one_of(nets, nets[0]))),
            _ => {}
        }
    }
    if dice.once_in(3) {
        out.push_str("  services: { shop: { listen: 8081, stable: 8082, canary: 8083 } }\n");
    }
    if dice.once_in(4) {
        let _ = writeln!(out, "  outbound: {{ otherwise: {} }}", dice.one_of(&["deny", "reject"], "deny"));
    }
    out
}

/// The rules of a set of which the simulator always knows whether they match.
fn modelled(mut rules: Ruleset) -> Ruleset {
    let is_known = |of: &Match| !matches!(of, Match::Dscp(_) | Match::Tos(_) | Match::Statistic(_));
    let chains = rules.tables.iter_mut().flat_map(|table| &mut table.chains);
    chains.for_each(|chain| chain.rules.retain(|rule| rule.matches.iter().all(is_known)));
    rules
}

/// Rules of iptables as a section of an intent file.
fn section(rules: &Ruleset) -> String {
    let family = if rules.family == Family::V4 { "ipv4" } else { "ipv6" };
    let lines: String = print(rules).lines().map(|line| format!("      {line}\n")).collect();
    format!("  raw:\n    {family}: |\n{lines}")
}

/// Asks the intents of a seed; how many packets were asked, and what differs, as text.
///
/// # Errors
/// Where the kernel does not take the table.
pub fn differences(
    replay: &mut Replay,
    host: &Host,
    seed: u64,
    n_packets: usize,
) -> Result<(usize, Vec<String>), Error> {
    let mut dice = Dice::new(seed ^ 0x1234_5678);
    let mut text = file(&mut dice, host.family);
    // Every third file has raw rules before its intents.
    let raw = seed.is_multiple_of(3).then(|| modelled(ruleset(&mut dice, host, seed.is_multiple_of(2))));
    text.push_str(&raw.as_ref().map(section).unwrap_or_default());
    let loaded = read("f", text.as_bytes(), &Services::default());
    // A file whose rules exclude each other is refused, and has nothing to ask.
    if !loaded.usable() {
        return Ok((0, Vec::new()));
    }
    let rules = effective(&loaded.intents, None);
    let Ok(table) = compile(&loaded.intents, &rules) else { return Ok((0, Vec::new())) };
    replay.load_table(&table)?;
    let walker = Walker::new(&rules, &loaded.intents);
    let asked = replay.ask(&packets(&mut dice, host, n_packets))?;
    let n_asked = asked.len();
    let told = asked.into_iter().flatten().filter_map(|(packet, outcome)| {
        let simulator = raw.as_ref().map(Simulator::new);
        let told = simulator.map_or_else(|| Some(packet.clone()), |simulator| routed(&simulator, &packet, host))?;
        let answer = walker.answer(&told);
        let is_known = answer.verdict != Verdict::Unknown;
        (is_known && !agrees(&packet, &answer, walker.knows_path(&told), &outcome)).then(|| {
            let (packet, answer) = (packet_line(&packet), answer_line(&answer));
            let table = render_table(&table);
            format!("seed {seed}: {packet}\n  simulator {answer}\n  kernel    {outcome:?}\n{text}{table}")
        })
    });
    Ok((n_asked, told.collect()))
}

/// As for rules of iptables, but a rule may be several of the kernel's, and a packet that is masqueraded comes from an
/// address that only the host knows.
fn agrees(packet: &Packet, answer: &Answer, knows_path: bool, outcome: &Outcome) -> bool {
    let path: BTreeSet<&String> = answer.path.iter().collect();
    let counted: BTreeSet<&String> = outcome.counted.iter().collect();
    let to = answer.to.as_ref().and_then(|text| Endpoint::parse(text)).or(packet.destination);
    let is_there = outcome.arrived.is_none_or(|arrived| {
        let is_port = |to: Endpoint| to.port.is_none() || to.port == arrived.destination.port;
        to.is_some_and(|to| to.address == arrived.destination.address && is_port(to))
    });
    answer.verdict == outcome.verdict && (!knows_path || path == counted) && is_there
}
