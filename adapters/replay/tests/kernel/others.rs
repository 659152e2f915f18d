//! The walk through what the kernel holds, over tables that another tool wrote: rules of a seed are loaded by the iptables that
//! writes through nf_tables, read back from the kernel, and asked by real packets.

use crate::host::{self, Told, agrees};
use nines_nft::Connection;
use nines_replay::{Replay, Tool};
use nines_traffic::generate::{Dice, Host, packets, ruleset};
use nines_traffic::iptables::print;
use nines_traffic::net::Family;
use nines_traffic::simulate::{Answer, Simulator, Tables, Verdict, answer_line, packet_line};

/// Loads the rules of a seed and sends its packets; what differs, as text.
pub fn differences(replay: &mut Replay, host: &Host, seed: u64, n_packets: usize) -> (Told, Vec<String>) {
    let mut dice = Dice::new(seed);
    let rules = ruleset(&mut dice, host, seed.is_multiple_of(2));
    let text = print(&rules);
    replay.load_save(Tool::Nft, &text).unwrap();
    let word = if host.family == Family::V4 { "ip" } else { "ip6" };
    let mut snapshot = Connection::open().unwrap().snapshot().unwrap();
    snapshot.tables.retain(|table| table.id.family.word() == word);
    let facts = host::facts(host);
    let (simulator, tables) = (Simulator::new(&rules), Tables::new(&snapshot, &facts));
    let mut told = Told::default();
    let mut wrong = Vec::new();
    for asked in replay.ask(&packets(&mut dice, host, n_packets)).unwrap() {
        let (packet, outcome) = asked.unwrap();
        let Some(packet) = host::routed(&simulator, &packet, host) else { continue };
        let answer = named(tables.answer(&packet), word);
        told.n_packets += 1;
        if answer.verdict == Verdict::Unknown {
            told.n_unknown += 1;
        } else if !agrees(&packet, &answer, &outcome) {
            let (packet, answer) = (packet_line(&packet), answer_line(&answer));
            wrong.push(format!("seed {seed}: {packet}\n  tables {answer}\n  kernel {outcome:?}\n{text}"));
        }
    }
    (told, wrong)
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
