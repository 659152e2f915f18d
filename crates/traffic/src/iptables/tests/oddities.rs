//! What files hold that no manual shows: each oddity met in the field, read as what was meant or told at its place.

use crate::Services;
use crate::iptables::{Class, LineKind, Read, classify, print, print_rule, read, read::read_as};
use crate::net::Family;

fn loaded(text: &str) -> Read {
    read("f", text, &Services::default())
}

/// What rules are printed as, and what is told, as `line:column fact`.
fn rules_and_faults(text: &str) -> (Vec<String>, Vec<String>) {
    let read = loaded(text);
    let printed = print(&read.rules).lines().filter(|line| line.starts_with("-A")).map(str::to_owned).collect();
    let told = read.findings.iter().map(|f| format!("{}:{} {}", f.place.line, f.place.column, f.fact)).collect();
    (printed, told)
}

/// One rule of `filter` in a chain of its own: what it is printed as, and its class.
fn rule(family: Family, rule: &str) -> (String, &'static str) {
    let text = format!("*filter\n:u - [0:0]\n-A u {rule}\nCOMMIT\n");
    let read = read_as("f", &text, family, &Services::default());
    let line = &read.lines[2];
    let LineKind::Rule { rules, .. } = &line.kind else { panic!("{line:?}") };
    let printed: Vec<String> = rules.iter().map(|rule| print_rule("u", rule)).collect();
    (printed.join("\n"), classify(&line.text, &line.kind).unwrap().name())
}

fn becomes(given: &str, printed: &str) {
    assert_eq!(rule(Family::V4, given), (format!("-A u {printed}"), "equivalent"), "{given}");
}

#[test]
fn comments_and_blank_lines_stand_anywhere() {
    let text = "# a\n\n*filter\n# b\n:INPUT DROP [0:0]\n\n  # c\n-A INPUT -j ACCEPT\n\t\nCOMMIT\n# d\n\n";
    assert_eq!(rules_and_faults(text), (vec!["-A INPUT -j ACCEPT".to_owned()], vec![]));
}

#[test]
fn lines_end_as_windows_ends_them_and_the_last_not_at_all() {
    let text = "*filter\r\n:INPUT DROP [0:0]\r\n-A INPUT -p tcp -m tcp --dport 22 -j ACCEPT\r\nCOMMIT";
    assert_eq!(rules_and_faults(text), (vec!["-A INPUT -p tcp -m tcp --dport 22 -j ACCEPT".to_owned()], vec![]));
}

#[test]
fn lines_are_indented_and_words_lie_far_apart() {
    let text = "  *filter\n   :INPUT   DROP\n\t-A   INPUT  -p\ttcp   --dport   22  -j   ACCEPT   \n  COMMIT \n";
    assert_eq!(rules_and_faults(text), (vec!["-A INPUT -p tcp -m tcp --dport 22 -j ACCEPT".to_owned()], vec![]));
}

#[test]
fn chains_stand_with_and_without_counters() {
    let text = "*filter\n:INPUT DROP\n:FORWARD ACCEPT [1:2]\n:u -\nCOMMIT\n";
    let read = loaded(text);
    assert!(read.is_whole());
    assert_eq!(read.rules.tables[0].chain("FORWARD").unwrap().counters.bytes, 2);
}

#[test]
fn counters_of_rules_stand_before_them_or_as_an_option() {
    let text = "*filter\n[3:4] -A INPUT -j ACCEPT\n-A INPUT -c 5 6 -j DROP\nCOMMIT\n";
    let read = loaded(text);
    assert!(read.is_whole(), "{:?}", read.findings);
    let of = |nth: usize| read.rules.tables[0].chain("INPUT").unwrap().rules[nth].counters.unwrap();
    assert_eq!((of(0).packets, of(0).bytes, of(1).packets, of(1).bytes), (3, 4, 5, 6));
}

#[test]
fn rules_are_inserted_from_the_top() {
    let text = "*filter\n-A INPUT -p udp\n-I INPUT -p tcp\n-I INPUT 2 -p icmp\nCOMMIT\n";
    let expect = ["-A INPUT -p tcp", "-A INPUT -p icmp", "-A INPUT -p udp"].map(str::to_owned).to_vec();
    assert_eq!(rules_and_faults(text), (expect, vec![]));
}

#[test]
fn commands_that_save_never_writes_are_legal_in_restore() {
    let text = "*filter\n-P INPUT DROP\n-N u\n-A u -j DROP\n-F u\n-A INPUT -j u\n-D INPUT 1\n-A INPUT -p tcp\n-R INPUT 1 -p udp\n-X u\n-Z\nCOMMIT\n";
    assert_eq!(rules_and_faults(text), (vec!["-A INPUT -p udp".to_owned()], vec![]));
}

#[test]
fn a_negation_stands_after_its_option_in_files_from_before_2009() {
    becomes("-s ! 10.0.0.0/8 -i ! eth0 -j DROP", "! -s 10.0.0.0/8 ! -i eth0 -j DROP");
    becomes("-p tcp --dport ! 80", "-p tcp -m tcp ! --dport 80");
    becomes("-p ! tcp -j DROP", "! -p tcp -j DROP");
    becomes("-m state --state ! NEW", "-m state ! --state NEW");
}

#[test]
fn quotes_are_double_or_single_and_escape_themselves() {
    let (text, class) = rule(Family::V4, r#"-m comment --comment "say \"no\" to \\ them" -j DROP"#);
    assert_eq!((text.as_str(), class), (r#"-A u -m comment --comment "say \"no\" to \\ them" -j DROP"#, "exact"));
    becomes("-m comment --comment 'two words'", r#"-m comment --comment "two words""#);
    becomes(r#"-j LOG --log-prefix 'a "b" '"#, r#"-j LOG --log-prefix "a \"b\" ""#);
}

#[test]
fn masks_are_lengths_or_addresses_with_holes_or_without() {
    becomes("-s 10.1.2.0/255.255.255.0", "-s 10.1.2.0/24");
    becomes("-s 10.1.2.3", "-s 10.1.2.3/32");
    becomes("-s 10.1.2.3/24", "-s 10.1.2.0/24");
    let (text, class) = rule(Family::V4, "-s 10.0.2.0/255.0.255.0");
    assert_eq!((text.as_str(), class), ("-A u -s 10.0.2.0/255.0.255.0", "exact"));
    let (text, _) = rule(Family::V6, "-s 2001:DB8:0::1/ffff:ffff::");
    assert_eq!(text, "-A u -s 2001:db8::/32");
}

#[test]
fn each_table_is_committed_by_itself_and_a_second_one_replaces_the_first() {
    let text = "*filter\n-A INPUT -p tcp\nCOMMIT\n*nat\nCOMMIT\n*filter\n-A INPUT -p udp\nCOMMIT\n";
    assert_eq!(rules_and_faults(text), (vec!["-A INPUT -p udp".to_owned()], vec![]));
}

#[test]
fn what_is_not_said_differs_between_the_families() {
    assert_eq!(rule(Family::V4, "-j REJECT").0, "-A u -j REJECT --reject-with icmp-port-unreachable");
    assert_eq!(rule(Family::V6, "-j REJECT").0, "-A u -j REJECT --reject-with icmp6-port-unreachable");
    assert_eq!(rule(Family::V4, "-p icmp --icmp-type redirect").0, "-A u -p icmp -m icmp --icmp-type 5");
    assert_eq!(rule(Family::V6, "-p icmpv6 --icmpv6-type redirect").0, "-A u -p ipv6-icmp -m icmp6 --icmpv6-type 137");
}

#[test]
fn options_have_long_names_and_may_be_cut_short() {
    becomes("--protocol tcp --destination-port 80 --jump ACCEPT", "-p tcp -m tcp --dport 80 -j ACCEPT");
    becomes(
        "--source 10.0.0.1 --in-interface eth0 --match state --state NEW",
        "-s 10.0.0.1/32 -i eth0 -m state --state NEW",
    );
    becomes("-ptcp --dport=80 -jACCEPT", "-p tcp -m tcp --dport 80 -j ACCEPT");
}

#[test]
fn names_of_hosts_are_kept_and_told() {
    assert_eq!(
        rule(Family::V4, "-d ntp.example.net -p udp -m udp --dport 123 -j ACCEPT"),
        ("-A u -d ntp.example.net -p udp -m udp --dport 123 -j ACCEPT".to_owned(), "not supported")
    );
}

#[test]
fn hardware_addresses_that_were_crossed_out_are_given_back_as_they_are() {
    for mac in ["XX:XX:XX:XX:XX:XX", "00:16:3E:XX:XX:XX", "xx:xx:xx:xx:xx:aa"] {
        for not in ["", "! "] {
            let text = format!("-A u -s 10.0.0.1/32 -m mac {not}--mac-source {mac} -j RETURN");
            let given = text.strip_prefix("-A u ").unwrap();
            assert_eq!(rule(Family::V4, given), (text.clone(), "exact"));
        }
    }
    let (_, told) = rules_and_faults("*filter\n:u - [0:0]\n-A u -m mac --mac-source XX:XX:XX:XX:XX\nCOMMIT\n");
    assert_eq!(told, ["3:26 '--mac-source' cannot take 'XX:XX:XX:XX:XX'"]);
    let (_, told) =
        rules_and_faults("*filter\n:u - [0:0]\n-A u -m mac --mac-source XX:XX:XX:XX:XX:XX --nonsense 1\nCOMMIT\n");
    assert_eq!(told.len(), 1, "an option that nobody knows is told behind it, too");
}

#[test]
fn days_of_the_time_match_are_kept_word_for_word() {
    let text = "-A u -p tcp -m time --timestart 06:59 --timestop 23:59 --days Sun,Mon,Tue -j DROP";
    assert_eq!(rule(Family::V4, text.strip_prefix("-A u ").unwrap()), (text.to_owned(), "not supported"));
}

#[test]
fn sets_that_are_not_there_are_kept_word_for_word() {
    let text = "-A u -p udp -m udp --dport 53 -m set ! --match-set whitelist src,dst -j ACCEPT";
    assert_eq!(rule(Family::V4, text.strip_prefix("-A u ").unwrap()), (text.to_owned(), "not supported"));
}

#[test]
fn quotes_of_a_word_processor_are_no_quotes() {
    let text = "*filter\n:u - [0:0]\n-A u -m comment --comment \u{201c}my rule\u{201d} -j ACCEPT\nCOMMIT\n";
    let read = loaded(text);
    assert_eq!(read.findings.len(), 1);
    assert!(read.findings[0].fact.to_string().contains("belongs to no option"), "{}", read.findings[0].fact);
    let line = &read.lines[2];
    assert!(matches!(classify(&line.text, &line.kind), Some(Class::NotSupported(_))));
    assert!(print(&read.rules).contains("\u{201c}my rule\u{201d}"), "it is kept");
}

#[test]
fn a_prompt_of_the_shell_is_told_and_nothing_else_is_lost() {
    let text = "root@router:~# iptables-save\n*filter\n-A INPUT -j DROP\nCOMMIT\nroot@router:~# \n";
    let (rules, told) = rules_and_faults(text);
    assert_eq!(rules, ["-A INPUT -j DROP"]);
    assert_eq!(told, ["1:1 this is no line of iptables-save", "5:1 this is no line of iptables-save"]);
}

#[test]
fn a_line_that_was_cut_off_is_told_and_kept_in_its_place() {
    let text = "*filter\n:INPUT DROP [0:0]\n-A INPUT -p tcp -m conntrack --cts\n-A INPUT -p tcp -m tcp --dport 60000:29\n-A INPUT -j ACCEPT\nCOMMIT\n";
    let (rules, told) = rules_and_faults(text);
    assert_eq!(
        rules,
        ["-A INPUT -p tcp -m conntrack --cts", "-A INPUT -p tcp -m tcp --dport 60000:29", "-A INPUT -j ACCEPT"]
    );
    assert_eq!(told, ["3:30 unknown option '--cts'", "4:32 '--dport' cannot take '60000:29'"]);
}

#[test]
fn chains_are_called_by_words_of_nftables() {
    for name in ["reject", "dynamic", "fwd", "set", "RH-Firewall-1-INPUT", "net2fw", "a.b_c@d"] {
        let text =
            format!("*filter\n:{name} - [0:0]\n-A INPUT -j {name}\n-A {name} -g {name}2\n:{name}2 - [0:0]\nCOMMIT\n");
        let (rules, told) = rules_and_faults(&text);
        assert_eq!((rules.len(), told), (2, vec![]), "{name}");
    }
}

#[test]
fn rules_for_the_other_family_are_passed_over() {
    let text = "*filter\n-4 -A INPUT -s 10.0.0.1 -j DROP\n-6 -A INPUT -s ::1 -j DROP\nCOMMIT\n";
    assert_eq!(rules_and_faults(text), (vec!["-A INPUT -s 10.0.0.1/32 -j DROP".to_owned()], vec![]));
}

#[test]
fn a_comment_has_up_to_255_bytes() {
    let fits = format!("-m comment --comment {} -j ACCEPT", "a".repeat(255));
    assert_eq!(rule(Family::V4, &fits).1, "exact");
    assert_eq!(rule(Family::V4, &fits.replace("aa ", "aaa ")).1, "not supported");
}

#[test]
fn several_addresses_stand_in_one_rule() {
    becomes("-s 10.0.0.1,10.0.0.2 -j DROP", "-s 10.0.0.1/32 -j DROP\n-A u -s 10.0.0.2/32 -j DROP");
}
