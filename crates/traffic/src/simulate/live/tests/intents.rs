//! What is compiled from intents means what the intents mean.

use crate::Services;
use crate::compile::compile;
use crate::generate::{Dice, Host, intents, packets};
use crate::intent::{Walker, effective, read};
use crate::iptables::matches::AddrType;
use crate::net::Family;
use crate::nft::LiveTable;
use crate::nft::Snapshot;
use crate::simulate::{HostFacts, Packet, Tables, Verdict, answer_line, packet_line};

const FILES: u64 = 400;
const PACKETS: usize = 60;

fn host(family: Family) -> Host {
    let (own, clients, servers) = match family {
        Family::V4 => ("10.50.255.1", "10.50.0.0", "10.60.0.0"),
        Family::V6 => ("fd00:50::ffff", "fd00:50::", "fd00:60::"),
    };
    Host {
        family,
        interfaces: ["s0", "s1"],
        own: own.parse().unwrap(),
        clients: clients.parse().unwrap(),
        servers: servers.parse().unwrap(),
    }
}

/// What passes through was not sent to this host.
fn told(packet: Packet) -> Packet {
    let passes = packet.input.is_some() && packet.output.is_some();
    Packet { destination_type: AddrType::bit("UNICAST").filter(|_| passes), ..packet }
}

#[test]
fn a_compiled_table_answers_as_its_intents() {
    let (mut n_asked, mut n_unknown) = (0, 0);
    let facts = HostFacts { addresses: Some(Vec::new()), ..HostFacts::default() };
    for seed in 0..FILES {
        let family = if seed % 2 == 0 { Family::V4 } else { Family::V6 };
        let mut dice = Dice::new(seed);
        let text = intents(&mut dice, family);
        let loaded = read("f", text.as_bytes(), &Services::default());
        if !loaded.usable() {
            continue;
        }
        let rules = effective(&loaded.intents, None);
        let snapshot =
            Snapshot { generation: 1, tables: vec![LiveTable::from(compile(&loaded.intents, &rules).unwrap())] };
        let (walker, tables) = (Walker::new(&rules, &loaded.intents), Tables::new(&snapshot, &facts));
        for packet in packets(&mut dice, &host(family), PACKETS).into_iter().map(told) {
            let (wanted, got) = (walker.answer(&packet), tables.answer(&packet));
            n_asked += 1;
            n_unknown += usize::from(wanted.verdict == Verdict::Unknown);
            let is_same = wanted == got || wanted.verdict == Verdict::Unknown;
            let (packet, wanted, got) = (packet_line(&packet), answer_line(&wanted), answer_line(&got));
            assert!(is_same, "seed {seed}: {packet}\n  intents {wanted}\n  tables  {got}\n{text}");
        }
    }
    assert!(n_asked > 10_000 && n_unknown * 10 < n_asked, "{n_asked} packets, {n_unknown} of them unknown");
}

#[test]
fn a_long_list_answers_as_its_intents_on_both_sides_of_every_edge() {
    let start = 0x0a00_0000u32;
    let address = |number: u32| core::net::Ipv4Addr::from(number).to_string();
    let listed: Vec<String> = (0..1500).map(|nth| address(start + 3 * nth)).collect();
    let text = format!(
        "traffic:\n  lists: {{ bad: [10.9.0.0/16, {}] }}\n  otherwise: allow\n  inbound:\n    - deny: all\n      from: bad\n",
        listed.join(", ")
    );
    let loaded = read("f", text.as_bytes(), &Services::default());
    let rules = effective(&loaded.intents, None);
    let table = compile(&loaded.intents, &rules).unwrap();
    assert_eq!(table.sets.len(), 3, "addresses, ranges, and none of IPv6");
    let snapshot = Snapshot { generation: 1, tables: vec![LiveTable::from(table)] };
    let facts = HostFacts::default();
    let (walker, tables) = (Walker::new(&rules, &loaded.intents), Tables::new(&snapshot, &facts));
    let edges = [0x0a08_ffff, 0x0a09_0000, 0x0a09_ffff, 0x0a0a_0000, start - 1];
    let mut n_dropped = 0;
    for number in (start..start + 4600).step_by(7).chain(edges) {
        let packet = format!(r#"{{"in":"s0","proto":"tcp","src":"{}:5","dst":"10.50.255.1:80"}}"#, address(number));
        let packet = crate::simulate::read_packet(1, &packet).unwrap();
        let (wanted, got) = (walker.answer(&packet), tables.answer(&packet));
        assert_eq!(wanted, got, "{}", packet_line(&packet));
        n_dropped += u32::from(got.verdict == Verdict::Drop);
    }
    assert!((200..400).contains(&n_dropped), "{n_dropped}");
}
