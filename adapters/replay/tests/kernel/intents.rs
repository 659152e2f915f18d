//! Intents held against the kernel: random intent files, compiled, loaded over our netlink, and asked by real
//! packets: the rules that count, whether a packet arrives, and where.

use crate::host;
use nines_nft::Connection;
use nines_replay::{Outcome, Replay};
use nines_traffic::Services;
use nines_traffic::compile::compile;
use nines_traffic::generate::{Dice, Host, intents, packets};
use nines_traffic::intent::{Walker, effective, read};
use nines_traffic::net::Endpoint;
use nines_traffic::nft::TableId;
use nines_traffic::nft::text::render_table;
use nines_traffic::simulate::{Answer, Packet, Tables, Verdict, answer_line, packet_line};
use std::collections::BTreeSet;

/// Asks the intents of a seed; what differs, as text.
pub fn differences(replay: &mut Replay, host: &Host, seed: u64, n_packets: usize) -> (usize, Vec<String>) {
    let mut dice = Dice::new(seed ^ 0x1234_5678);
    let text = intents(&mut dice, host.family);
    let loaded = read("f", text.as_bytes(), &Services::default());
    // A file whose rules exclude each other is refused, and has nothing to ask.
    if !loaded.usable() {
        return (0, Vec::new());
    }
    let rules = effective(&loaded.intents, None);
    let table = compile(&loaded.intents, &rules).unwrap();
    replay.load_table(&table).unwrap();
    let walker = Walker::new(&rules, &loaded.intents);
    // Read back from the kernel it means the same.
    let mut snapshot = Connection::open().unwrap().snapshot().unwrap();
    snapshot.tables.retain(|table| table.id == TableId::nines());
    let facts = host::facts(host);
    let tables = Tables::new(&snapshot, &facts);
    let asked = replay.ask(&packets(&mut dice, host, n_packets)).unwrap();
    let n_asked = asked.len();
    let told = asked.into_iter().filter_map(|asked| {
        let (packet, outcome) = asked.unwrap();
        let answer = walker.answer(&packet);
        let read_back = tables.answer(&packet);
        assert!(answer == read_back || answer.verdict == Verdict::Unknown, "{answer:?}\n{read_back:?}\n{text}");
        (!agrees(&packet, &answer, &outcome)).then(|| {
            let (packet, answer) = (packet_line(&packet), answer_line(&answer));
            let table = render_table(&table);
            format!("seed {seed}: {packet}\n  simulator {answer}\n  kernel    {outcome:?}\n{text}{table}")
        })
    });
    (n_asked, told.collect())
}

/// As for rules of iptables, but a rule may be several of the kernel's, and a packet that is masqueraded comes from an
/// address that only the host knows.
fn agrees(packet: &Packet, answer: &Answer, outcome: &Outcome) -> bool {
    let path: BTreeSet<&String> = answer.path.iter().collect();
    let counted: BTreeSet<&String> = outcome.counted.iter().collect();
    let to = answer.to.as_ref().and_then(|text| Endpoint::parse(text)).or(packet.destination).unwrap();
    let is_there = outcome.arrived.is_none_or(|arrived| {
        let is_port = to.port.is_none() || to.port == arrived.destination.port;
        to.address == arrived.destination.address && is_port
    });
    answer.verdict == outcome.verdict && path == counted && is_there
}
