use super::ask;

const WEB: &str = r#"{"in":"eth0","proto":"tcp","src":"10.0.0.9:40000","dst":"10.0.0.2:80","flags":"syn","ct":"new"}"#;

#[test]
fn a_redirected_packet_meets_the_filter_with_its_new_port() {
    let rules = "*nat\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -p tcp -m tcp --dport 80 -j REDIRECT --to-ports 8080\nCOMMIT\n\
                 *filter\n:INPUT DROP [0:0]\n-A INPUT -i lo -j ACCEPT\n-A INPUT -m state --state ESTABLISHED -j ACCEPT\n\
                 -A INPUT -p tcp --dport 80 -j DROP\n-A INPUT -p tcp --dport 8080 -j ACCEPT\nCOMMIT\n";
    assert_eq!(
        ask(rules, WEB),
        r#"{"verdict":"accept","rule":"filter/INPUT/4","to":"10.0.0.2:8080","path":["nat/PREROUTING/1","filter/INPUT/4"]}"#
    );
}

#[test]
fn the_port_first_dialled_can_be_asked_for() {
    let rules = "*nat\n-A PREROUTING -p tcp --dport 80 -j REDIRECT --to-ports 8080\nCOMMIT\n*filter\n:INPUT DROP [0:0]\n\
                 -A INPUT -p tcp --dport 8080 -m conntrack --ctorigdstport 80 --ctstate DNAT -j ACCEPT\nCOMMIT\n";
    assert!(ask(rules, WEB).starts_with(r#"{"verdict":"accept","rule":"filter/INPUT/1""#));
    let direct = WEB.replace(":80\"", ":8080\"");
    assert_eq!(ask(rules, &direct), r#"{"verdict":"drop","rule":"policy","path":[]}"#);
}

#[test]
fn user_chains_return_and_goto_does_not() {
    let rules = "*filter\n:INPUT DROP [0:0]\n:a - [0:0]\n:b - [0:0]\n:c - [0:0]\n-A INPUT -j a\n-A INPUT -p tcp -j ACCEPT\n\
                 -A a -g b\n-A a -j DROP\n-A b -j c\n-A b -p udp -j DROP\n-A c -p tcp -j RETURN\n-A c -j ACCEPT\nCOMMIT\n";
    assert_eq!(
        ask(rules, WEB),
        r#"{"verdict":"accept","rule":"filter/INPUT/2","path":["filter/INPUT/1","filter/a/1","filter/b/1","filter/c/1","filter/INPUT/2"]}"#
    );
    let udp = WEB.replace("tcp", "udp");
    assert!(ask(rules, &udp).contains(r#""rule":"filter/c/2""#));
}

#[test]
fn a_return_from_a_built_in_chain_meets_the_policy() {
    let rules = "*filter\n:INPUT DROP [0:0]\n-A INPUT -p tcp -j RETURN\n-A INPUT -j ACCEPT\nCOMMIT\n";
    assert_eq!(ask(rules, WEB), r#"{"verdict":"drop","rule":"policy","path":["filter/INPUT/1"]}"#);
    let goto = "*filter\n:INPUT DROP [0:0]\n:u - [0:0]\n-A INPUT -g u\n-A INPUT -j ACCEPT\nCOMMIT\n";
    assert_eq!(ask(goto, WEB), r#"{"verdict":"drop","rule":"policy","path":["filter/INPUT/1"]}"#);
}

#[test]
fn each_table_may_drop_and_none_can_rescue() {
    for (table, chain) in [
        ("raw", "PREROUTING"),
        ("mangle", "PREROUTING"),
        ("mangle", "INPUT"),
        ("nat", "PREROUTING"),
        ("security", "INPUT"),
    ] {
        let rules = format!("*{table}\n-A {chain} -s 10.0.0.9 -j DROP\nCOMMIT\n*filter\n-A INPUT -j ACCEPT\nCOMMIT\n");
        let answer = ask(&rules, WEB);
        assert!(answer.starts_with(&format!("{{\"verdict\":\"drop\",\"rule\":\"{table}/{chain}/1\"")), "{answer}");
    }
    let rules = "*raw\n-A PREROUTING -j ACCEPT\nCOMMIT\n*filter\n-A INPUT -j REJECT\nCOMMIT\n";
    assert_eq!(
        ask(rules, WEB),
        r#"{"verdict":"reject","rule":"filter/INPUT/1","path":["raw/PREROUTING/1","filter/INPUT/1"]}"#
    );
}

#[test]
fn a_packet_passes_the_hooks_of_its_way() {
    let all = "*mangle\n-A PREROUTING\n-A INPUT\n-A FORWARD\n-A OUTPUT\n-A POSTROUTING\nCOMMIT\n";
    let through = WEB.replace("\"in\":\"eth0\"", "\"in\":\"eth0\",\"out\":\"eth1\"");
    let out = WEB.replace("\"in\"", "\"out\"");
    assert!(ask(all, WEB).ends_with(r#""path":["mangle/PREROUTING/1","mangle/INPUT/1"]}"#));
    assert!(ask(all, &through).ends_with(r#"["mangle/PREROUTING/1","mangle/FORWARD/1","mangle/POSTROUTING/1"]}"#));
    assert!(ask(all, &out).ends_with(r#"["mangle/OUTPUT/1","mangle/POSTROUTING/1"]}"#));
}

#[test]
fn nat_is_asked_for_new_packets_only_and_notrack_makes_none_new() {
    let rules = "*nat\n-A PREROUTING -p tcp --dport 80 -j DNAT --to-destination 10.0.9.9\nCOMMIT\n";
    assert!(ask(rules, WEB).contains(r#""to":"10.0.9.9:80""#));
    for state in ["established", "related", "invalid", "untracked"] {
        let packet = WEB.replace("\"new\"", &format!("\"{state}\""));
        assert_eq!(ask(rules, &packet), r#"{"verdict":"accept","rule":"policy","path":[]}"#);
    }
    let notrack = format!(
        "*raw\n-A PREROUTING -p tcp -j NOTRACK\nCOMMIT\n{rules}*filter\n-A INPUT -m conntrack --ctstate UNTRACKED -j DROP\nCOMMIT\n"
    );
    assert_eq!(
        ask(&notrack, WEB),
        r#"{"verdict":"drop","rule":"filter/INPUT/1","path":["raw/PREROUTING/1","filter/INPUT/1"]}"#
    );
}

#[test]
fn a_local_redirect_goes_to_the_loopback() {
    let rules = "*nat\n-A OUTPUT -p tcp --dport 80 -j REDIRECT --to-ports 8080\nCOMMIT\n*filter\n-A OUTPUT -d 127.0.0.1 -j ACCEPT\nCOMMIT\n";
    let out = WEB.replace("\"in\":\"eth0\"", "\"out\":\"lo\"");
    assert_eq!(
        ask(rules, &out),
        r#"{"verdict":"accept","rule":"filter/OUTPUT/1","to":"127.0.0.1:8080","path":["nat/OUTPUT/1","filter/OUTPUT/1"]}"#
    );
}

#[test]
fn sources_are_translated_after_routing() {
    let through = WEB.replace("\"in\":\"eth0\"", "\"in\":\"eth0\",\"out\":\"eth1\"");
    let nat = |rule: &str| format!("*nat\n-A POSTROUTING -o eth1 -p tcp {rule}\nCOMMIT\n");
    assert!(ask(&nat("-j SNAT --to-source 192.0.2.1"), &through).contains(r#""from":"192.0.2.1:40000""#));
    assert!(ask(&nat("-j SNAT --to-source 192.0.2.1:1000-2000"), &through).contains(r#""from":"192.0.2.1:1000-2000""#));
    // Which address that is only the host knows.
    assert_eq!(
        ask(&nat("-j MASQUERADE"), &through),
        r#"{"verdict":"accept","rule":"policy","path":["nat/POSTROUTING/1"]}"#
    );
    let netmap = "*nat\n-A PREROUTING -d 10.0.0.0/24 -j NETMAP --to 192.168.7.0/24\nCOMMIT\n";
    assert!(ask(netmap, WEB).contains(r#""to":"192.168.7.2:80""#));
}

#[test]
fn destination_ports_keep_to_their_range() {
    let nat = |rule: &str| format!("*nat\n-A PREROUTING -p tcp {rule}\nCOMMIT\n");
    assert!(ask(&nat("-j REDIRECT --to-ports 8000-8010"), WEB).contains(r#""to":"10.0.0.2:8000""#));
    assert!(ask(&nat("-j REDIRECT --to-ports 1-100"), WEB).contains(r#""rule":"policy","path"#));
    assert!(ask(&nat("-j REDIRECT --to-ports 8000-8010 --random"), WEB).contains(r#""to":"10.0.0.2:8000-8010""#));
    assert!(
        ask(&nat("-j DNAT --to-destination 10.9.0.1-10.9.0.4:8080"), WEB).contains(r#""to":"10.9.0.1-10.9.0.4:8080""#)
    );
    assert!(ask(&nat("-j DNAT --to-destination 10.9.0.1:8000-8010/75"), WEB).contains(r#""to":"10.9.0.1:8005""#));
}

#[test]
fn ipv6_is_walked_like_ipv4() {
    let rules = "# Generated by ip6tables-save\n*nat\n-A PREROUTING -p tcp --dport 80 -j DNAT --to-destination [2001:db8::9]:8080\nCOMMIT\n\
                 *filter\n:INPUT DROP [0:0]\n-A INPUT -d 2001:db8::9/128 -j ACCEPT\n-A INPUT -p ipv6-icmp -m icmp6 --icmpv6-type neighbour-solicitation -j ACCEPT\nCOMMIT\n";
    let packet = r#"{"in":"eth0","proto":"tcp","src":"[2001:db8::1]:40000","dst":"[2001:db8::2]:80"}"#;
    assert!(ask(rules, packet).starts_with(r#"{"verdict":"accept","rule":"filter/INPUT/1","to":"[2001:db8::9]:8080""#));
    let ping =
        r#"{"in":"eth0","proto":"icmpv6","src":"2001:db8::1","dst":"2001:db8::2","icmp":"neighbor-solicitation"}"#;
    assert!(ask(rules, ping).contains("filter/INPUT/2"));
}

#[test]
fn marks_are_carried_from_rule_to_rule() {
    let rules = "*mangle\n-A PREROUTING -p tcp -j MARK --set-xmark 0x10/0xff\n-A PREROUTING -j CONNMARK --save-mark\nCOMMIT\n\
                 *filter\n:INPUT DROP [0:0]\n-A INPUT -m mark --mark 0x10/0xf0 -m connmark --mark 0x10/0xff -j ACCEPT\nCOMMIT\n";
    assert!(ask(rules, WEB).contains("filter/INPUT/1"));
}

#[test]
fn matches_are_all_and_not_is_each_its_own() {
    let rules = |matches: &str| format!("*filter\n:INPUT DROP [0:0]\n-A INPUT {matches} -j ACCEPT\nCOMMIT\n");
    let yes = |matches: &str| assert!(ask(&rules(matches), WEB).contains("\"accept\""), "{matches}");
    let no = |matches: &str| assert!(ask(&rules(matches), WEB).contains("\"drop\""), "{matches}");
    yes("-s 10.0.0.0/8 -d 10.0.0.2 -i eth+ -p tcp ! -f");
    no("! -s 10.0.0.0/8");
    no("-i eth");
    no("-f");
    yes("! -i eth1 ! -p udp");
    yes("-p tcp --tcp-flags SYN,ACK SYN --sport 1024: --dport :80");
    no("-p tcp ! --syn");
    yes("-p tcp ! --sport 80 ! --dport 40000");
    yes("-p tcp -m multiport --ports 80,443");
    no("-p tcp -m multiport ! --ports 40000");
    yes("-p tcp -m multiport ! --dports 443,8000:9000");
    yes("-m iprange --src-range 10.0.0.1-10.0.0.9 ! --dst-range 10.0.0.3-10.0.0.9");
    yes("-m state --state NEW,ESTABLISHED");
    no("-m conntrack ! --ctstate NEW");
    yes("-m conntrack --ctstate NEW --ctdir ORIGINAL --ctproto 6 --ctorigsrc 10.0.0.9 --ctrepldstport 40000");
    no("-p udp");
    yes("-m addrtype --dst-type LOCAL");
    no("-m addrtype ! --dst-type LOCAL,BROADCAST");
    yes("-m comment --comment x");
    no("-s 10.0.0.6/255.0.0.254");
    yes("-s 10.9.9.9/255.0.0.255");
}
