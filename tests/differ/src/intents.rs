//! Intents held against the kernel: random intent files, compiled, loaded over our netlink, and asked by real
//! packets: the rules that count, whether a packet arrives, and where.

use crate::case::routed;
use crate::host::facts;
use nines_nft::Connection;
use nines_replay::{Error, Fact, Outcome, Replay};
use nines_traffic::Services;
use nines_traffic::compile::compile;
use nines_traffic::generate::{Dice, Host, intents, packets, ruleset};
use nines_traffic::intent::{Walker, effective, read};
use nines_traffic::iptables::matches::Match;
use nines_traffic::iptables::{Ruleset, print};
use nines_traffic::net::{Endpoint, Family};
use nines_traffic::nft::TableId;
use nines_traffic::nft::text::render_table;
use nines_traffic::simulate::{Answer, Packet, Simulator, Tables, Verdict, answer_line, packet_line};
use std::collections::BTreeSet;

/// The rules of a set of which the simulator always knows whether they match.
pub(crate) fn modelled(mut rules: Ruleset) -> Ruleset {
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
    let mut text = intents(&mut dice, host.family);
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
    // Read back from the kernel it means the same; what raw rules are to the walk through tables, others tells.
    let mut snapshot = Connection::open().and_then(|mut kernel| kernel.snapshot()).map_err(unread)?;
    snapshot.tables.retain(|table| table.id == TableId::nines());
    let facts = facts(host);
    let tables = Tables::new(&snapshot, &facts);
    let asked = replay.ask(&packets(&mut dice, host, n_packets))?;
    let n_asked = asked.len();
    let told = asked.into_iter().flatten().filter_map(|(packet, outcome)| {
        let simulator = raw.as_ref().map(Simulator::new);
        let told = simulator.map_or_else(|| Some(packet.clone()), |simulator| routed(&simulator, &packet, host))?;
        let answer = walker.answer(&told);
        let is_known = answer.verdict != Verdict::Unknown;
        let read_back = tables.answer(&packet);
        if raw.is_none() && is_known && answer != read_back {
            return Some(format!("seed {seed}: {answer:?}\nread back {read_back:?}\n{text}"));
        }
        (is_known && !agrees(&packet, &answer, walker.knows_path(&told), &outcome)).then(|| {
            let (packet, answer) = (packet_line(&packet), answer_line(&answer));
            let table = render_table(&table);
            format!("seed {seed}: {packet}\n  simulator {answer}\n  kernel    {outcome:?}\n{text}{table}")
        })
    });
    Ok((n_asked, told.collect()))
}

/// The kernel did not tell what it holds.
pub(crate) fn unread(error: nines_nft::Error) -> Error {
    Error::Unavailable(Fact::Interrupted { step: "reading the tables".to_owned(), reason: error.to_string() })
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
