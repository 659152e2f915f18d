//! What holds of every rule set and every packet: the grammar gives back what it was given, the simulator answers for
//! rules that are there, and no text makes anything panic.

use nines_traffic::generate::{Dice, Host, packets, ruleset};
use nines_traffic::intent;
use nines_traffic::iptables::model::{Go, Header, Rule};
use nines_traffic::iptables::{self, Ruleset, Target, classify, print};
use nines_traffic::net::Family;
use nines_traffic::simulate::{Packet, Simulator, Verdict, packet_line, read_cases, read_packet, read_packets};
use nines_traffic::{Services, analyse};
use proptest::prelude::*;

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

fn generated() -> impl Strategy<Value = (Ruleset, Vec<Packet>)> {
    (any::<u64>(), any::<bool>(), any::<bool>()).prop_map(|(seed, is_v6, with_nat)| {
        let host = host(if is_v6 { Family::V6 } else { Family::V4 });
        let mut dice = Dice::new(seed);
        let rules = ruleset(&mut dice, &host, with_nat);
        let packets = packets(&mut dice, &host, 20);
        (rules, packets)
    })
}

/// The same rules without what tells where they stood.
fn unplaced(mut rules: Ruleset) -> Ruleset {
    let all = rules.tables.iter_mut().flat_map(|table| &mut table.chains).flat_map(|chain| &mut chain.rules);
    all.for_each(|rule| rule.line = 0);
    rules
}

proptest! {
    #[test]
    fn what_is_printed_is_read_back_as_it_was((rules, _) in generated()) {
        let text = print(&rules);
        let read = iptables::read::read_as("f", &text, rules.family, &Services::default());
        prop_assert!(read.findings.is_empty(), "{:?}\n{text}", read.findings);
        for line in &read.lines {
            let class = classify(&line.text, &line.kind).map_or("none", |class| class.name());
            prop_assert!(matches!(class, "none" | "exact"), "{}: {class}", line.text);
        }
        prop_assert_eq!(unplaced(read.rules), rules);
    }

    #[test]
    fn every_answer_is_of_rules_that_are_there((rules, packets) in generated()) {
        let simulator = Simulator::new(&rules);
        let rule = |name: &str| {
            let mut parts = name.split('/');
            let (table, chain, number) = (parts.next()?, parts.next()?, parts.next()?.parse::<usize>().ok()?);
            let table = rules.tables.iter().find(|known| known.name.name() == table)?;
            table.chain(chain)?.rules.get(number - 1)
        };
        for packet in &packets {
            let answer = simulator.answer(packet);
            prop_assert!(answer.path.iter().all(|name| rule(name).is_some()));
            prop_assert_eq!(answer.rule.is_none(), answer.verdict == Verdict::Unknown);
            prop_assert_eq!(answer.missing.is_empty(), answer.verdict != Verdict::Unknown);
            if answer.verdict != Verdict::Accept {
                prop_assert!(answer.to.is_none() && answer.from.is_none());
            }
            prop_assert_eq!(&simulator.answer(packet), &answer);
        }
    }

    #[test]
    fn rules_that_match_nothing_or_do_nothing_change_no_verdict((rules, packets) in generated()) {
        let mut longer = rules.clone();
        for chain in longer.tables.iter_mut().flat_map(|table| &mut table.chains) {
            let never = Header { fragment: Some(true), ..Header::default() };
            chain.rules.insert(0, Rule { header: never, go: Some(Go::Jump(Target::Drop)), ..Rule::default() });
            chain.rules.insert(0, Rule::default());
        }
        let (before, after) = (Simulator::new(&rules), Simulator::new(&longer));
        for packet in &packets {
            let (before, after) = (before.answer(packet), after.answer(packet));
            prop_assert_eq!((before.verdict, before.to, before.from), (after.verdict, after.to, after.from));
        }
    }

    #[test]
    fn rules_that_are_called_shadowed_can_be_left_out((rules, packets) in generated()) {
        let text = print(&rules);
        let rules = iptables::read::read_as("f", &text, rules.family, &Services::default()).rules;
        let shadowed: Vec<usize> = analyse::ruleset("f", &rules)
            .into_iter()
            .filter(|finding| finding.path.matches('/').count() == 2)
            .map(|finding| finding.place.line)
            .collect();
        let mut shorter = rules.clone();
        for chain in shorter.tables.iter_mut().flat_map(|table| &mut table.chains) {
            chain.rules.retain(|rule| !shadowed.contains(&rule.line));
        }
        let (before, after) = (Simulator::new(&rules), Simulator::new(&shorter));
        for packet in &packets {
            let (before, after) = (before.answer(packet), after.answer(packet));
            prop_assert_eq!((before.verdict, before.to, before.from), (after.verdict, after.to, after.from));
        }
    }

    #[test]
    fn a_packet_is_read_back_as_it_was((_, packets) in generated()) {
        for packet in packets {
            prop_assert_eq!(read_packet(1, &packet_line(&packet)).unwrap(), packet);
        }
    }

    #[test]
    fn no_text_makes_a_reader_panic(words in prop::collection::vec(prop::sample::select(WORDS), 0..60)) {
        let text = words.concat();
        for family in [Family::V4, Family::V6] {
            let read = iptables::read::read_as("f", &text, family, &Services::default());
            let again = print(&read.rules);
            // What is printed of rules that could be read is read again.
            if read.findings.is_empty() {
                let second = iptables::read::read_as("f", &again, family, &Services::default());
                prop_assert!(second.findings.is_empty(), "{:?}\n{text}\n{again}", second.findings);
                prop_assert_eq!(unplaced(second.rules), unplaced(read.rules));
            }
        }
        read_packets(&text);
        read_cases(&text);
        intent::read("f", text.as_bytes(), &Services::default());
    }

    #[test]
    fn no_intents_make_the_reader_panic(words in prop::collection::vec(prop::sample::select(INTENT_WORDS), 0..40)) {
        let text = words.concat();
        let loaded = intent::read("f", text.as_bytes(), &Services::default());
        for finding in &loaded.findings {
            prop_assert!(finding.place.line <= text.lines().count() + 1, "{finding:?}\n{text}");
        }
        analyse::intents(&loaded.intents);
        intent::effective(&loaded.intents, None);
    }
}

const WORDS: &[&str] = &[
    "*filter\n",
    "*nat\n",
    "COMMIT\n",
    "\n",
    "# x\n",
    ":INPUT DROP [0:0]\n",
    ":u - [0:0]\n",
    "-A INPUT",
    "-A u",
    "[1:2] ",
    " -s 10.0.0.0/8",
    " ! -d ::1",
    " -i eth+",
    " -p tcp",
    " -p udp",
    " -p icmp",
    " -m tcp",
    " -m multiport",
    " --dports 1,2:3",
    " --dport 80",
    " ! --sport 1:",
    " -m conntrack",
    " --ctstate NEW,DNAT",
    " -m state",
    " --state NEW",
    " -m comment",
    " --comment \"a \\\" b\"",
    " --comment 'c d'",
    " -m limit",
    " --limit 5/min",
    " -m recent",
    " --update",
    " --name x",
    " !",
    " -j",
    " ACCEPT",
    " u",
    " -g u",
    " -j LOG",
    " --log-prefix \"x \"",
    " -j DNAT --to-destination 1.2.3.4:5",
    " -j REJECT",
    " --reject-with tcp-reset",
    " -m mark --mark 1/2",
    " -m owner --uid-owner 0",
    " é",
    " \"",
    " '",
    " \\",
    "-D INPUT 1\n",
    "-I INPUT 1",
    "-N w\n",
    "-E u v\n",
    "-X\n",
    "-F\n",
    "-P INPUT ACCEPT\n",
    "{\"in\":\"e\"",
    ",\"proto\":\"tcp\"",
    "}\n",
    "rules r\n",
    ",\"expect\":{}",
];

const INTENT_WORDS: &[&str] = &[
    "traffic:\n",
    "  inbound:\n",
    "  - allow: ssh\n",
    "  - deny: all\n",
    "    from: office\n",
    "    from: 10.0.0.0/8\n",
    "  - redirect: 80 -> 8080\n",
    "  - redirect: 80-90 -> 8080/udp\n",
    "  - forward: 80 -> [::1]:80\n",
    "  - forward: 80 -> 10.0.0.1\n",
    "    limit: { new_connections: 5/s per source }\n",
    "    log: sample 1/s\n",
    "    masquerade: no\n",
    "  otherwise: deny\n",
    "  otherwise: {}\n",
    "  lists: { office: [10.0.0.1, 2001:db8::] }\n",
    "  lists: [x]\n",
    "  management: { ssh: }\n",
    "  management: { 'é': 1 }\n",
    "  outbound: { otherwise: deny }\n",
    "  services: { s: { listen: 80, stable: 81 } }\n",
    "  services: { s: { listen: 80, stable: 81, canary: 82, rollout: { steps: [1, 100], bake: 5m } } }\n",
    "  raw: { ipv4: \"*filter\\nCOMMIT\" }\n",
    "  raw:\n    ipv4: |\n      *filter\n      -A INPUT -j NO\n      COMMIT\n",
    "'",
    "\"",
    "{",
    "}",
    "[",
    "]",
    " é: ",
    "&a ",
    "*a ",
    "- ",
    "\n",
    "---\n",
];
