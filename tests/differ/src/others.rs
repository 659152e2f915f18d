//! The walk through what the kernel holds, over tables that another tool wrote: rules of a seed are loaded by the iptables that
//! writes through nf_tables, read back from the kernel, and asked by real packets.

use crate::bench::Seen;
use crate::case::routed;
use crate::host::facts;
use crate::intents::modelled;
use nines_nft::Connection;
use nines_replay::{Error, Replay, Tool};
use nines_traffic::generate::{Dice, Host, packets, ruleset};
use nines_traffic::iptables::print;
use nines_traffic::net::Family;
use nines_traffic::simulate::{Answer, Simulator, Tables, Verdict, answer_line, packet_line};

/// How much was asked, and what differs, as text.
#[derive(Default, Debug)]
pub struct Told {
    /// Packets.
    pub n_packets: usize,
    /// Packets of which the walk does not know.
    pub n_unknown: usize,
    /// What differs.
    pub wrong: Vec<String>,
}

/// Loads the rules of a seed and sends its packets.
///
/// # Errors
/// Where the kernel does not take the rules, or cannot be read.
pub fn differences(replay: &mut Replay, host: &Host, seed: u64, n_packets: usize) -> Result<Told, Error> {
    let mut dice = Dice::new(seed);
    let rules = modelled(ruleset(&mut dice, host, seed.is_multiple_of(2)));
    let text = print(&rules);
    replay.load_save(Tool::Nft, &text)?;
    let word = if host.family == Family::V4 { "ip" } else { "ip6" };
    let mut snapshot = Connection::open().and_then(|mut kernel| kernel.snapshot()).map_err(crate::intents::unread)?;
    snapshot.tables.retain(|table| table.id.family.word() == word);
    let facts = facts(host);
    let (simulator, tables) = (Simulator::new(&rules), Tables::new(&snapshot, &facts));
    let mut told = Told::default();
    for (sent, outcome) in replay.ask(&packets(&mut dice, host, n_packets))?.into_iter().flatten() {
        let Some(packet) = routed(&simulator, &sent, host) else { continue };
        let answer = named(tables.answer(&packet), word);
        told.n_packets += 1;
        if answer.verdict == Verdict::Unknown {
            told.n_unknown += 1;
            continue;
        }
        let is_masqueraded = crate::bench::is_masqueraded(&rules, &outcome);
        let knows_path = tables.knows_path(&packet);
        let (iptables, ours) = (outcome.clone(), outcome);
        let seen = Seen { packet: sent, answer: Some(answer), iptables, ours, is_masqueraded, knows_path };
        if seen.differ().is_some() {
            let answer = seen.answer.as_ref().map(answer_line).unwrap_or_default();
            let (packet, kernel) = (packet_line(&seen.packet), &seen.iptables);
            told.wrong.push(format!("seed {seed}: {packet}\n  tables {answer}\n  kernel {kernel:?}\n{text}"));
        }
    }
    Ok(told)
}

/// The answer with its rules as they are called within one family.
fn named(answer: Answer, family: &str) -> Answer {
    let name = |rule: String| match rule.strip_prefix(family).and_then(|rule| rule.strip_prefix(' ')) {
        Some(rule) if rule.ends_with("/policy") => "policy".to_owned(),
        Some(rule) => rule.to_owned(),
        None => rule,
    };
    Answer { rule: answer.rule.map(name), path: answer.path.into_iter().map(name).collect(), ..answer }
}
