//! What the kernel is to hold, as `nft` would list it.

use super::compile;
use crate::Services;
use crate::intent::{effective, read};
use crate::nft::text::render_table;

fn compiled(text: &str) -> String {
    let loaded = read("f", text.as_bytes(), &Services::default());
    assert!(loaded.usable(), "{:?}", loaded.findings);
    let rules = effective(&loaded.intents, None);
    render_table(&compile(&loaded.intents, &rules).unwrap())
}

#[test]
fn cmp_2_a_redirect_is_open_by_its_port_alone_each_rule_with_its_id() {
    let text = compiled("traffic: { otherwise: deny, inbound: [ redirect: 80 -> 8080 ] }");
    for line in [
        "type nat hook prerouting priority dstnat - 5",
        "tcp dport 80 fib daddr type local counter redirect to :8080 comment \"inbound/1\"",
        "tcp dport 80 oifname \"lo\" counter redirect to :8080 comment \"inbound/1#2\"",
        "tcp dport 8080 ct status dnat ct original proto-dst 80 counter accept comment \"inbound/1#3\"",
        "counter drop comment \"otherwise\"",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
}

#[test]
fn cmp_1_several_sources_are_named_sets_and_one_is_a_comparison() {
    let text = compiled(
        "traffic:\n  lists: { office: [203.0.113.7, '2001:db8::/32', 203.0.113.6] }\n  otherwise: deny\n  inbound:\n    - allow: ssh\n      from: office\n    - deny: all\n      from: 10.0.0.0/8\n    - allow: 53/udp\n      from: [10.0.0.0/8, 11.0.0.0/8, 13.0.0.0/8]\n",
    );
    for line in [
        "set list_office_4",
        "set list_office_6",
        "ip saddr @list_office_4",
        "ip6 saddr @list_office_6",
        "ip saddr 10.0.0.0/8 counter drop",
        "set from_inbound_3_4",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    // Neighbours are one range.
    assert!(text.contains("203.0.113.6-203.0.113.7") || text.contains("203.0.113.6/31"), "{text}");
}

#[test]
fn weights_are_comparisons_before_a_rule_for_the_rest() {
    let text = "traffic: { otherwise: deny, services: { shop: { listen: 80, stable: 8080, canary: 8081 } } }";
    let loaded = read("f", text.as_bytes(), &Services::default());
    let mut rules = effective(&loaded.intents, None);
    for rule in &mut rules {
        if let crate::intent::Act::Split { share, .. } = &mut rule.act {
            *share = 1000;
        }
    }
    let text = render_table(&compile(&loaded.intents, &rules).unwrap());
    let canary = text.find("mod 10000 seed").unwrap();
    assert!(text[canary..].contains("< 1000 counter redirect to :8081"), "{text}");
    assert!(text[canary..].contains("counter redirect to :8080"), "{text}");
}

#[test]
fn a_limit_lets_in_below_it_and_drops_the_rest() {
    let text = compiled(
        "traffic: { otherwise: deny, inbound: [ { allow: 443, limit: { new_connections: 50/s per source }, log: sample 1/s } ] }",
    );
    for line in ["set limit_inbound_1_4", "limit rate 50/second", "log prefix \"nines inbound/1 \"", "counter drop"] {
        assert!(text.contains(line), "{line}\n{text}");
    }
}

/// Rules of iptables under `raw:`, each a line of a table's chain.
fn raw(family: &str, rules: &str) -> String {
    let lines: String = rules.lines().map(|line| format!("      {}\n", line.trim())).collect();
    compiled(&format!("traffic:\n  raw:\n    {family}: |\n{lines}"))
}

#[test]
fn raw_2_a_raw_rule_stands_in_its_tables_chain_with_the_simulators_name() {
    let text = raw(
        "ipv4",
        "*filter\n:INPUT DROP [0:0]\n:mine - [0:0]\n-A INPUT -s 10.0.0.0/8 -p tcp -m tcp --dport 80 -j mine\n\
         -A mine ! -i eth+ -j ACCEPT\nCOMMIT",
    );
    for line in [
        "chain ipv4/filter/INPUT {",
        "type filter hook input priority filter - 6; policy drop;",
        "meta nfproto != ipv4 accept comment \"built-in/other-family\"",
        "ip saddr 10.0.0.0/8 tcp dport 80 counter jump ipv4/filter/mine comment \"ipv4/filter/INPUT/1\"",
        "iifname != \"eth*\" counter accept comment \"ipv4/filter/mine/1\"",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    assert!(!text.contains("FORWARD"), "chains that do nothing are left out\n{text}");
}

#[test]
fn raw_1_a_question_with_several_answers_becomes_rules_that_exclude_each_other() {
    let text = raw("ipv6", "*filter\n-A INPUT -p udp -m multiport --ports 53,67:68 -j DROP\nCOMMIT");
    for line in [
        "udp sport @ports_ipv6_filter_INPUT_1_0 counter drop comment \"ipv6/filter/INPUT/1\"",
        "udp sport != @ports_ipv6_filter_INPUT_1_0 udp dport @ports_ipv6_filter_INPUT_1_0 counter drop comment \"ipv6/filter/INPUT/1#2\"",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
}

#[test]
fn every_table_of_iptables_stands_just_before_what_intents_mean_there() {
    let text = raw(
        "ipv4",
        "*raw\n-A PREROUTING -j CT --notrack\nCOMMIT\n*mangle\n-A OUTPUT -j MARK --set-xmark 0x1/0x3\nCOMMIT\n\
         *nat\n-A PREROUTING -p tcp -m tcp --dport 80 -j DNAT --to-destination 10.0.0.2-10.0.0.3:8080\n\
         -A POSTROUTING -j MASQUERADE\nCOMMIT\n*security\n-A INPUT -j ACCEPT\nCOMMIT",
    );
    for line in [
        "type filter hook prerouting priority raw - 6",
        "counter notrack comment \"ipv4/raw/PREROUTING/1\"",
        "type route hook output priority mangle - 6",
        "type nat hook prerouting priority dstnat - 6",
        "type nat hook postrouting priority srcnat + 4",
        "counter masquerade comment \"ipv4/nat/POSTROUTING/1\"",
        "type filter hook input priority security - 6",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
}

#[test]
fn very_many_addresses_are_hashed_apart_from_networks() {
    // Every third, so that none join.
    let addresses = |n: u32| -> Vec<String> {
        (0..n).map(|nth| core::net::Ipv4Addr::from(0x0a00_0000 + 3 * nth).to_string()).collect()
    };
    let file = |n: u32| {
        let listed = addresses(n).join(", ");
        format!(
            "traffic:\n  lists: {{ bad: [192.0.2.0/24, {listed}] }}\n  otherwise: allow\n  inbound:\n    - deny: all\n      from: bad\n"
        )
    };
    let text = compiled(&file(1024));
    assert!(text.contains("ip saddr @list_bad_4_hosts counter drop comment \"inbound/1\""), "{text}");
    assert!(text.contains("ip saddr @list_bad_4 counter drop comment \"inbound/1#2\""), "{text}");
    let hosts = text.find("set list_bad_4_hosts").unwrap();
    let head = text[hosts..].split("elements").next().unwrap();
    assert!(!head.contains("interval") && text[hosts..].contains("10.0.0.3"), "{head}");
    assert!(!compiled(&file(1023)).contains("_hosts"), "few are looked through");
}
