//! What is refused, with its place.

use crate::Services;
use crate::iptables::read;

/// The findings of a file as `line:column Fact`.
fn told(text: &str) -> String {
    let findings = read("f", text, &Services::default()).findings;
    let short = |finding: &crate::Finding| {
        let fact = format!("{:?}", finding.fact);
        format!("{}:{} {}", finding.place.line, finding.place.column, fact.split([' ', '{']).next().unwrap())
    };
    findings.iter().map(short).collect::<Vec<_>>().join(" | ")
}

/// The finding of one rule in a chain, as `column Fact`.
fn refused(table: &str, chain: &str, rule: &str) -> String {
    let told = told(&format!("# iptables-save\n*{table}\n:u - [0:0]\n-A {chain} {rule}\nCOMMIT\n"));
    told.strip_prefix("4:").unwrap_or(&told).to_owned()
}

#[test]
fn rules_that_iptables_refuses_are_refused_with_their_column() {
    let mut wrong = Vec::new();
    for (rule, expect) in [
        ("-s 10.0.0.300", "9 BadAddress"),
        ("-s 10.0.0.0/33", "9 BadAddress"),
        ("-s ::1", "9 OtherFamily"),
        ("-s", "8 MissingAfter"),
        ("-s -d 10.0.0.1", "9 MissingAfter"),
        ("-s 1.2.3.4 -s 1.2.3.4", "17 OptionTwice"),
        ("! -s 1.2.3.4,5.6.7.8", "11 NotOfSeveral"),
        ("!", "6 NotBeforeNothing"),
        ("! ! -s 1.2.3.4", "8 NotAnOption"),
        ("! -s ! 1.2.3.4", "11 NotTwice"),
        ("-p tpc", "9 UnknownProtocol"),
        ("-p 256", "9 UnknownProtocol"),
        ("! -p all", "11 NoProtocolAtAll"),
        ("--dport 80", "6 UnknownOption"),
        ("-p tcp --dpotr 80", "13 UnknownOption"),
        ("-p tcp --dport 65536", "21 BadValue"),
        ("-p tcp --dport 90:80", "21 BadValue"),
        ("-p tcp --dport nosuchservice", "21 BadValue"),
        ("-p udp --dport +80", "21 BadValue"),
        ("-p tcp --tcp-flags SYN", "28 MissingAfter"),
        ("-p tcp --tcp-flags SYN FOO", "29 BadValue"),
        ("-p tcp --tcp-option 0", "26 BadValue"),
        ("-m tcp --dport 80", "9 MatchNeedsProtocol"),
        ("! -p tcp -m tcp --dport 80", "18 MatchNeedsProtocol"),
        ("-p tcp -m multiport --dports 1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16", "26 TooManyPorts"),
        ("-p icmp -m multiport --dports 1", "17 MatchNeedsProtocol"),
        ("-p tcp -m multiport", "25 OptionMissing"),
        ("-p tcp -m multiport --dports 1 --sports 2", "37 OptionTwice"),
        ("-p icmp -m icmp", "21 OptionMissing"),
        ("-p icmp --icmp-type echo-requets", "26 BadValue"),
        ("-p icmp --icmp-type 256", "26 BadValue"),
        ("-m state --state NWE", "23 BadValue"),
        ("-m conntrack --ctstate", "28 MissingAfter"),
        ("-m conntrack", "18 OptionMissing"),
        ("-m conntrack ! --ctdir REPLY", "21 CannotNegate"),
        ("-m mac --mac-source 00:11:22", "26 BadValue"),
        ("-m limit --limit 10001/s", "23 BadValue"),
        ("-m limit --limit 0/s", "23 BadValue"),
        ("-m limit ! --limit 1/s", "17 CannotNegate"),
        ("-m limit --limit 1/fortnight", "23 BadValue"),
        ("-m limit --limit-burst 10001", "29 BadValue"),
        ("-m addrtype --dst-type LOKAL", "29 BadValue"),
        ("-m addrtype --dst-type LOCAL --limit-iface-in --limit-iface-out", "9 OptionsExclude"),
        ("-m iprange --src-range 10.0.0.9-10.0.0.1", "29 BadValue"),
        ("-m mark --mark 0xfffffffff", "21 BadValue"),
        ("-m pkttype --pkt-type uni", "28 BadValue"),
        ("-m ttl --ttl-eq 256", "22 BadValue"),
        ("-m ttl", "12 OptionMissing"),
        ("-m hl --hl-eq 1", "9 MatchOfOtherFamily"),
        ("-m length --length 9:1", "25 BadValue"),
        ("-m dscp --dscp 64", "21 BadValue"),
        ("-m statistic --mode random", "32 OptionMissing"),
        ("-m statistic --mode nth --every 2 --packet 2", "9 PacketBeyondEvery"),
        ("-m statistic --mode often", "26 BadValue"),
        ("-m owner --uid-owner -1", "27 BadValue"),
        ("-m contrack --ctstate NEW", "9 UnknownMatch"),
        ("-j ACEPT", "9 UnknownChain"),
        ("-j nochain", "9 UnknownChain"),
        ("-g nochain", "9 UnknownChain"),
        ("-j ACCEPT -j DROP", "16 OptionTwice"),
        ("-j ACCEPT -g u", "16 OptionTwice"),
        ("-j OUTPUT", "9 CallOfBuiltIn"),
        ("-j u -j u", "11 OptionTwice"),
        ("-j REJECT --reject-with tcp-reset", "9 TargetNeedsProtocol"),
        ("-j REJECT --reject-with icmp-nonsense", "30 BadValue"),
        ("-j LOG --log-level 8", "25 BadValue"),
        ("-j LOG --log-prefix 123456789012345678901234567890", "26 BadValue"),
        ("-j DNAT --to-destination 1.2.3.4", "9 TargetNotInTable"),
        ("-j TTL --ttl-set 1", "9 TargetNotInTable"),
        ("-j NOTRACK", "9 TargetNotInTable"),
        ("-j MARK", "13 OptionMissing"),
        ("-i averyveryverylonginterface", "9 BadInterface"),
        ("-o eth0 --in-interface", "28 MissingAfter"),
        ("-t nat -j ACCEPT", "9 TableInRule"),
        ("word", "6 NotAnOption"),
        ("-m comment --comment \"open", "27 QuoteOpen"),
        ("-c 1 x", "9 BadCounters"),
    ] {
        if refused("filter", "u", rule) != expect {
            wrong.push(format!("{rule}: {} instead of {expect}", refused("filter", "u", rule)));
        }
    }
    assert!(
        wrong.is_empty(),
        "{}",
        wrong.join(
            "
"
        )
    );
}

#[test]
fn targets_and_interfaces_have_their_chains() {
    assert_eq!(refused("filter", "INPUT", "-o eth0"), "13 NoSuchInterfaceThere");
    assert_eq!(refused("filter", "OUTPUT", "-i eth0"), "14 NoSuchInterfaceThere");
    assert_eq!(refused("nat", "POSTROUTING", "-j DNAT --to-destination 1.2.3.4"), "19 TargetNotThere");
    assert_eq!(refused("nat", "PREROUTING", "-j MASQUERADE"), "18 TargetNotThere");
    assert_eq!(refused("nat", "PREROUTING", "-j DNAT --to-destination 1.2.3.4:80"), "23 PortsNeedProtocol");
    assert_eq!(refused("nat", "PREROUTING", "-p tcp -j DNAT --to-destination 1.2.3.4:0"), "47 BadValue");
    assert_eq!(refused("nat", "PREROUTING", "-j DNAT"), "22 OptionMissing");
    assert_eq!(refused("filter", "INPUT", "-m owner --uid-owner 0"), "13 MatchNotThere");
    assert_eq!(refused("mangle", "POSTROUTING", "-m mac --mac-source 00:16:3e:00:00:01"), "19 MatchNotThere");
}

#[test]
fn files_that_restore_refuses_are_refused_with_their_line() {
    for (text, expect) in [
        ("*filter\n-A INPUT -j ACCEPT\n", "2:1 TableNotCommitted"),
        ("*filter\n*nat\nCOMMIT\n", "2:1 TableNotCommitted | 3:1 OutsideTable"),
        ("*fliter\nCOMMIT\n", "1:2 UnknownTable | 2:1 OutsideTable"),
        ("-A INPUT -j ACCEPT\n", "1:1 OutsideTable"),
        (":INPUT ACCEPT [0:0]\n", "1:1 OutsideTable"),
        ("*filter\n:INPUT REJECT [0:0]\nCOMMIT\n", "2:8 NotAPolicy"),
        ("*filter\n:INPUT - [0:0]\nCOMMIT\n", "2:8 BuiltInWithoutPolicy"),
        ("*filter\n:INPUT ACCEPT [0:x]\nCOMMIT\n", "2:15 BadCounters"),
        ("*filter\n:INPUT\nCOMMIT\n", "2:6 NotAPolicy"),
        ("*filter\n:u ACCEPT [0:0]\nCOMMIT\n", "2:4 UserChainWithPolicy"),
        ("*filter\n:PREROUTING ACCEPT [0:0]\nCOMMIT\n", "2:1 NoSuchBuiltIn"),
        ("*filter\n:ACCEPT - [0:0]\nCOMMIT\n", "2:1 BadChainName"),
        ("*filter\n:-x - [0:0]\nCOMMIT\n", "2:1 BadChainName"),
        ("*filter\n:abcdefghijklmnopqrstuvwxyz123 - [0:0]\nCOMMIT\n", "2:1 ChainNameLong"),
        ("*filter\n-A INPTU -j ACCEPT\nCOMMIT\n", "2:4 UnknownChain"),
        ("*filter\n-A\nCOMMIT\n", "2:1 MissingAfter"),
        ("*filter\n:a - [0:0]\n:b - [0:0]\n-A a -j b\n-A b -j a\nCOMMIT\n", "4:9 ChainsLoop | 5:9 ChainsLoop"),
        ("*filter\n:a - [0:0]\n-A a -j a\nCOMMIT\n", "3:9 ChainsLoop"),
        ("*filter\n-I INPUT 2 -j ACCEPT\nCOMMIT\n", "2:4 NoSuchNumber"),
        ("*filter\n-D INPUT 1\nCOMMIT\n", "2:4 NoSuchNumber"),
        ("*filter\n-D INPUT -j DROP\nCOMMIT\n", "2:4 NoSuchRule"),
        ("*filter\n-N INPUT\nCOMMIT\n", "2:4 ChainTwice"),
        ("*filter\n-P u DROP\nCOMMIT\n", "2:4 UnknownChain"),
        ("*filter\n[1:2 -A INPUT\nCOMMIT\n", "2:1 BadCounters"),
        ("*filter\nroot@host:~# iptables-save\nCOMMIT\n", "2:1 NotALine"),
        ("COMMIT\n", "1:1 OutsideTable"),
    ] {
        assert_eq!(told(text), expect, "{text}");
    }
}

#[test]
fn a_rule_that_cannot_be_read_keeps_its_place() {
    let text = "*filter\n-A INPUT -j ACEPT\n-A INPUT -s 10.0.0.300 -m comment --comment \"a b\" -j DROP\n-A INPUT -j DROP\nCOMMIT\n";
    let read = read("f", text, &Services::default());
    let chain = read.rules.tables[0].chain("INPUT").unwrap();
    assert_eq!(chain.rules.len(), 3);
    let kept = crate::iptables::print_rule("INPUT", &chain.rules[1]);
    assert_eq!(kept, "-A INPUT -s 10.0.0.300 -m comment --comment \"a b\" -j DROP");
}

#[test]
fn a_near_word_is_offered() {
    let hint = |rule: &str| {
        let text = format!("*filter\n-A INPUT {rule}\nCOMMIT\n");
        read("f", &text, &Services::default()).findings[0].hint.to_string()
    };
    assert_eq!(hint("-p tcp --dpotr 80"), "did you mean '--dport'?");
    assert_eq!(hint("-j ACEPT"), "did you mean 'ACCEPT'?");
    assert_eq!(hint("--ctstate NEW"), "load its extension before it: -m conntrack --ctstate");
}
