use super::ask;
use crate::simulate::{Simulator, answer_line, read_packet};
use crate::{Services, iptables};

const WEB: &str = r#"{"in":"eth0","proto":"tcp","src":"10.0.0.9:40000","dst":"10.0.0.2:80"}"#;

fn input(rules: &str) -> String {
    format!("*filter\n:INPUT DROP [0:0]\n{rules}\nCOMMIT\n")
}

#[test]
fn what_a_rule_needs_and_is_not_told_is_named() {
    for (matches, missing) in [
        ("-m mac --mac-source 00:16:3e:00:00:01", "mac"),
        ("-m mark --mark 1", "mark"),
        ("-m length --length 40", "len"),
        ("-m ttl --ttl-lt 5", "ttl"),
        ("-m pkttype --pkt-type multicast", "pkttype"),
        ("-m addrtype --src-type LOCAL", "srctype"),
        ("-m recent --name x --rcheck", "recent"),
        ("-m statistic --mode random --probability 0.5", "statistic"),
        ("-s example.org", "example.org"),
    ] {
        let rules = input(&format!("-A INPUT -j LOG\n-A INPUT {matches} -j ACCEPT"));
        let expect = format!("{{\"verdict\":\"unknown\",\"missing\":[\"{missing}\"],\"path\":[\"filter/INPUT/1\"]}}");
        assert_eq!(ask(&rules, WEB), expect);
    }
}

#[test]
fn a_rule_that_cannot_match_anyway_needs_nothing() {
    let rules = input("-A INPUT -p udp -m mac --mac-source 00:16:3e:00:00:01 -j ACCEPT\n-A INPUT -j ACCEPT");
    assert!(ask(&rules, WEB).contains("filter/INPUT/2"));
}

#[test]
fn sim_2_unknown_rules_that_change_nothing_leave_the_answer_known() {
    let rules = input("-A INPUT -m recent --update -j LOG\n-A INPUT -m recent --set\n-A INPUT -s 10.0.0.9 -j ACCEPT");
    assert_eq!(ask(&rules, WEB), r#"{"verdict":"accept","rule":"filter/INPUT/3","path":["filter/INPUT/3"]}"#);
    let both = "*filter\n:INPUT DROP [0:0]\n:u - [0:0]\n-A INPUT -m mark --mark 1 -j u\n-A INPUT -j DROP\n-A u -j LOG\nCOMMIT\n";
    assert_eq!(ask(both, WEB), r#"{"verdict":"drop","rule":"filter/INPUT/2","path":["filter/INPUT/2"]}"#);
}

#[test]
fn a_packet_alone_is_within_every_limit() {
    let rules = input("-A INPUT -m limit --limit 1/min -j ACCEPT");
    assert!(ask(&rules, WEB).contains("filter/INPUT/1"));
}

#[test]
fn where_a_target_leads_beyond_the_model_nothing_is_known() {
    let rules = input("-A INPUT -p tcp -j NFQUEUE --queue-num 1\n-A INPUT -j ACCEPT");
    assert_eq!(ask(&rules, WEB), r#"{"verdict":"unknown","missing":["NFQUEUE"],"path":["filter/INPUT/1"]}"#);
}

#[test]
fn owners_are_of_local_packets_only() {
    let rules = "*filter\n:OUTPUT DROP [0:0]\n-A OUTPUT -m owner --uid-owner 1000-1999 -j ACCEPT\nCOMMIT\n";
    let out = WEB.replace("\"in\"", "\"out\"");
    assert!(ask(rules, &out).contains(r#""missing":["uid"]"#));
    let with = |uid: u32| out.replace('}', &format!(",\"uid\":{uid}}}"));
    assert!(ask(rules, &with(1500)).contains("filter/OUTPUT/1"));
    assert!(ask(rules, &with(0)).contains("policy"));
    let through = "*mangle\n:POSTROUTING ACCEPT [0:0]\n-A POSTROUTING -m owner --uid-owner 0 -j DROP\nCOMMIT\n";
    assert!(ask(through, &WEB.replace("{", "{\"out\":\"eth1\",")).contains("accept"));
}

#[test]
fn of_a_connection_under_way_only_its_original_destination_can_be_told() {
    let rules = input("-A INPUT -m conntrack --ctstate DNAT -j ACCEPT");
    let under_way = WEB.replace('}', ",\"ct\":\"established\"}");
    assert!(ask(&rules, &under_way).contains(r#""missing":["origdst"]"#));
    let told = under_way.replace("\"ct\"", "\"origdst\":\"10.0.0.2:8080\",\"ct\"");
    assert!(ask(&rules, &told).contains("filter/INPUT/1"));
}

#[test]
fn many_unknown_rules_end_in_unknown_soon() {
    let many: String = (0..100).map(|n| format!("-A INPUT -m mark --mark {n} -j u{n}\n")).collect();
    let chains: String = (0..100).map(|n| format!(":u{n} - [0:0]\n")).collect();
    let rules = format!("*filter\n:INPUT DROP [0:0]\n{chains}{many}-A INPUT -j ACCEPT\nCOMMIT\n");
    assert!(ask(&rules, WEB).starts_with(r#"{"verdict":"unknown""#));
}

#[test]
fn sim_1_chains_that_lead_back_to_themselves_end() {
    let rules = "*filter\n:INPUT DROP [0:0]\n:a - [0:0]\n:b - [0:0]\n-A INPUT -j a\n-A a -j b\n-A b -j a\nCOMMIT\n";
    let read = iptables::read("f", rules, &Services::default());
    assert!(!read.is_whole());
    let answer = Simulator::new(&read.rules).answer(&read_packet(1, WEB).unwrap());
    assert!(answer_line(&answer).starts_with("{\"verdict\""));
    let goto =
        iptables::read("f", &rules.replace("-j b", "-g b").replace("-A b -j a", "-A b -g a"), &Services::default());
    Simulator::new(&goto.rules).answer(&read_packet(1, WEB).unwrap());
}

#[test]
fn a_packet_of_the_other_family_is_not_asked_about() {
    let read = iptables::read("f", "*filter\n-A INPUT -s 10.0.0.1 -j DROP\nCOMMIT\n", &Services::default());
    let simulator = Simulator::new(&read.rules);
    assert!(simulator.refuses(&read_packet(1, WEB).unwrap()).is_none());
    let other = read_packet(1, r#"{"in":"e","src":"::1","dst":"::2"}"#).unwrap();
    assert!(simulator.refuses(&other).is_some());
}
