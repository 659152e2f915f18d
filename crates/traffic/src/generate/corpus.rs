//! Save files as they are met in the field, by seed: as many rules of each kind as were counted in 113 of them, spelt as
//! `iptables-save` spells them and as people do.
//!
//! What was counted: 82 989 rules, which matches they use and which targets. What a rule of a kind says is made up here.

use super::Dice;
use core::fmt::Write;

/// Rules that were counted.
pub const RULES: usize = 82_989;
/// Files that they were in.
pub const FILES: usize = 113;

/// Matches and how often they were met.
pub const MATCHES: [(&str, usize); 26] = [
    ("mac", 25_152),
    ("state", 23_525),
    ("tcp", 16_138),
    ("multiport", 8_277),
    ("udp", 5_925),
    ("conntrack", 376),
    ("recent", 170),
    ("limit", 118),
    ("icmp", 118),
    ("comment", 84),
    ("owner", 77),
    ("addrtype", 63),
    ("iprange", 42),
    ("icmp6", 42),
    ("sctp", 28),
    ("hl", 27),
    ("connlimit", 13),
    ("mark", 12),
    ("hashlimit", 10),
    ("pkttype", 10),
    ("policy", 9),
    ("time", 8),
    ("set", 4),
    ("rpfilter", 3),
    ("string", 2),
    ("length", 2),
];

/// Targets and how often they were met; what is left calls chains of its own.
pub const TARGETS: [(&str, usize); 11] = [
    ("RETURN", 26_066),
    ("ACCEPT", 25_559),
    ("DROP", 24_201),
    ("REJECT", 1_039),
    ("MASQUERADE", 483),
    ("LOG", 177),
    ("SNAT", 75),
    ("DNAT", 49),
    ("MARK", 45),
    ("CT", 24),
    ("REDIRECT", 17),
];

/// A file of the corpus.
#[derive(Clone, PartialEq, Debug)]
pub struct File {
    /// Whether `ip6tables-save` wrote it.
    pub is_v6: bool,
    /// What it says.
    pub text: String,
}

/// All files of a seed: every kind of match and target as often as it was counted.
#[must_use]
pub fn files(seed: u64) -> Vec<File> {
    let mut dice = Dice::new(seed);
    let mut targets = deck(&mut dice, &TARGETS, RULES, "a-chain");
    let mut of_v6 = Vec::new();
    let mut of_v4 = Vec::new();
    for matches in hands(&mut dice) {
        let is_v6 = matches.iter().any(|name| matches!(*name, "icmp6" | "hl"));
        let is_v4 = matches.iter().any(|name| matches!(*name, "icmp" | "addrtype" | "iprange"));
        // A sender's address on the wire is not asked for after routing.
        let fits = |target: &&str| !(matches.contains(&"mac") && place(target).1 == "POSTROUTING");
        let nth = targets.iter().rposition(fits).unwrap_or_default();
        let target = targets.swap_remove(nth);
        let rule = Drawn { matches, target };
        if is_v6 || !is_v4 && dice.once_in(5) { of_v6.push(rule) } else { of_v4.push(rule) }
    }
    let n_v6 = FILES / 5;
    let mut files = parted(&mut dice, of_v6, n_v6, true);
    files.extend(parted(&mut dice, of_v4, FILES - n_v6, false));
    files
}

/// What a rule is to use.
struct Drawn {
    matches: Vec<&'static str>,
    target: &'static str,
}

/// As many cards of each kind as were counted, filled up and shuffled.
fn deck(dice: &mut Dice, kinds: &[(&'static str, usize)], n_cards: usize, rest: &'static str) -> Vec<&'static str> {
    let mut cards: Vec<&'static str> =
        kinds.iter().flat_map(|(name, count)| std::iter::repeat_n(*name, *count)).collect();
    cards.resize(n_cards.max(cards.len()), rest);
    for nth in (1..cards.len()).rev() {
        cards.swap(nth, dice.below(nth as u64 + 1) as usize);
    }
    cards
}

/// Matches for each rule: one that leads, and to protocols those that stand beside them.
fn hands(dice: &mut Dice) -> Vec<Vec<&'static str>> {
    let beside = ["state", "conntrack", "recent", "limit", "comment", "multiport"];
    let leading: Vec<(&str, usize)> = MATCHES.into_iter().filter(|(name, _)| !beside.contains(name)).collect();
    let mut second =
        deck(dice, &MATCHES.into_iter().filter(|(name, _)| beside.contains(name)).collect::<Vec<_>>(), 0, "");
    let mut hands = Vec::new();
    for name in deck(dice, &leading, 0, "") {
        let mut hand = vec![name];
        // Half of the rules for a protocol ask something beside it.
        if matches!(name, "tcp" | "udp") && dice.once_in(2) {
            hand.extend(second.pop());
        }
        hands.push(hand);
    }
    hands.extend(second.into_iter().map(|name| vec![name]));
    hands.resize(RULES.max(hands.len()), Vec::new());
    hands
}

/// Rules dealt to files, a few of which have most of them.
fn parted(dice: &mut Dice, rules: Vec<Drawn>, n_files: usize, is_v6: bool) -> Vec<File> {
    let mut of_files: Vec<Vec<Drawn>> = (0..n_files).map(|_| Vec::new()).collect();
    for rule in rules {
        let (one, other) = (dice.below(n_files as u64), dice.below(n_files as u64));
        // The smaller of two throws: the first files are the large ones.
        if let Some(file) = of_files.get_mut(one.min(other) as usize) {
            file.push(rule);
        }
    }
    of_files.into_iter().map(|rules| file(dice, rules, is_v6)).collect()
}

/// In which table and chain a target stands.
fn place(target: &str) -> (&'static str, &'static str) {
    match target {
        "MASQUERADE" | "SNAT" => ("nat", "POSTROUTING"),
        "DNAT" | "REDIRECT" => ("nat", "PREROUTING"),
        "MARK" => ("mangle", "PREROUTING"),
        "CT" => ("raw", "PREROUTING"),
        "RETURN" => ("filter", "a-chain"),
        "a-chain" => ("filter", "INPUT"),
        _ => ("filter", "FORWARD"),
    }
}

fn file(dice: &mut Dice, rules: Vec<Drawn>, is_v6: bool) -> File {
    // A third of the files was written by people.
    let by_hand = dice.once_in(3);
    let mut text = String::new();
    if !by_hand {
        text.push_str(if is_v6 {
            "# Generated by ip6tables-save v1.4.21\n"
        } else {
            "# Generated by iptables-save v1.4.21\n"
        });
    } else if is_v6 {
        text.push_str("# ip6tables-save, by hand\n");
    }
    for (table, chains) in [
        ("raw", ":PREROUTING ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n"),
        ("mangle", ":PREROUTING ACCEPT [12:840]\n"),
        ("nat", ":PREROUTING ACCEPT [0:0]\n:POSTROUTING ACCEPT [0:0]\n"),
        ("filter", ":INPUT DROP [0:0]\n:FORWARD ACCEPT [0:0]\n:OUTPUT ACCEPT [1:60]\n:a-chain - [0:0]\n"),
    ] {
        let _ = write!(text, "*{table}\n{chains}");
        for rule in &rules {
            let (of_table, chain) = place(rule.target);
            if of_table == table {
                let chain = chain_for(rule, chain);
                line(dice, &mut text, rule, chain, Spelling { is_v6, by_hand });
            }
        }
        text.push_str("COMMIT\n");
    }
    File { is_v6, text }
}

/// What asks for a local process stands where local processes send.
fn chain_for(rule: &Drawn, chain: &'static str) -> &'static str {
    match (rule.matches.contains(&"owner"), chain) {
        (true, "FORWARD" | "INPUT" | "a-chain") => "OUTPUT",
        (true, "PREROUTING") => "POSTROUTING",
        _ => chain,
    }
}

#[derive(Clone, Copy)]
struct Spelling {
    is_v6: bool,
    by_hand: bool,
}

fn line(dice: &mut Dice, text: &mut String, rule: &Drawn, chain: &str, spelling: Spelling) {
    let mut out = format!("-A {chain}");
    if dice.once_in(2) {
        push_source(dice, &mut out, spelling);
    }
    if dice.once_in(3) && !matches!(chain, "POSTROUTING" | "OUTPUT") {
        let not = if dice.once_in(6) { "! " } else { "" };
        let _ = write!(out, " {not}-i {}", dice.one_of(&["eth0", "eth1", "lo", "eth1.96", "br-lan", "ppp+"], "eth0"));
    }
    if rule.target == "MASQUERADE" {
        out.push_str(" -o eth0");
    }
    if let Some(protocol) = protocol(rule, dice) {
        let _ = write!(out, " -p {protocol}");
        for name in &rule.matches {
            push_match(dice, &mut out, name, protocol, spelling);
        }
    } else {
        for name in &rule.matches {
            push_match(dice, &mut out, name, "all", spelling);
        }
    }
    push_target(dice, &mut out, rule.target, spelling);
    if spelling.by_hand && dice.once_in(40) {
        text.push_str("# next\n\n");
    }
    if !spelling.by_hand && dice.once_in(10) {
        text.push_str("[17:1020] ");
    }
    text.push_str(&out);
    text.push('\n');
}

/// The protocol that a rule must be for.
fn protocol(rule: &Drawn, dice: &mut Dice) -> Option<&'static str> {
    let has = |name: &str| rule.matches.contains(&name);
    let needs_ports = matches!(rule.target, "DNAT" | "REDIRECT" | "SNAT");
    [("tcp", "tcp"), ("udp", "udp"), ("sctp", "sctp"), ("icmp", "icmp"), ("icmp6", "ipv6-icmp")]
        .into_iter()
        .find(|(name, _)| has(name))
        .map(|(_, protocol)| protocol)
        .or_else(|| (has("multiport") || has("connlimit") || needs_ports).then(|| dice.one_of(&["tcp", "udp"], "tcp")))
}

fn push_source(dice: &mut Dice, out: &mut String, Spelling { is_v6, by_hand }: Spelling) {
    let (a, b) = (dice.below(250), dice.below(250));
    let not = if dice.once_in(12) { "! " } else { "" };
    let source = match (is_v6, by_hand) {
        (true, _) => format!("2001:db8:{a:x}::{b:x}/128"),
        (false, false) => format!("10.{a}.{b}.0/24"),
        (false, true) => format!("10.{a}.{b}.0/255.255.255.0"),
    };
    let _ = write!(out, " {not}-s {source}");
}

fn push_match(dice: &mut Dice, out: &mut String, name: &str, protocol: &str, spelling: Spelling) {
    let port = 1 + dice.below(65_000);
    let text = match name {
        "mac" if dice.once_in(2) => "-m mac --mac-source XX:XX:XX:XX:XX:XX".to_owned(),
        "mac" => format!("-m mac --mac-source 00:16:3E:00:{:02X}:{:02X}", port >> 8, port & 0xff),
        "state" if spelling.by_hand => "-m state --state ESTABLISHED,RELATED".to_owned(),
        "state" => format!("-m state --state {}", dice.one_of(&["NEW", "RELATED,ESTABLISHED", "INVALID"], "NEW")),
        "tcp" if spelling.by_hand => format!("--dport {port}"),
        "tcp" if dice.once_in(12) => "-m tcp --tcp-flags FIN,SYN,RST,ACK SYN".to_owned(),
        "tcp" | "udp" | "sctp" if dice.once_in(8) => format!("-m {name} --sport 1024:65535 --dport {port}"),
        "tcp" | "udp" | "sctp" => format!("-m {name} --dport {port}"),
        "multiport" => format!("-m multiport --dports {port},22,8000:8010"),
        "conntrack" => "-m conntrack --ctstate RELATED,ESTABLISHED".to_owned(),
        "recent" => "-m recent --update --seconds 60 --hitcount 4 --name DEFAULT --rsource".to_owned(),
        "limit" => "-m limit --limit 5/min --limit-burst 10".to_owned(),
        "icmp" if spelling.by_hand => "--icmp-type echo-request".to_owned(),
        "icmp" => "-m icmp --icmp-type 8".to_owned(),
        "icmp6" => "-m icmp6 --icmpv6-type 128".to_owned(),
        "comment" => format!("-m comment --comment \"rule {port}\""),
        "owner" => "-m owner --uid-owner 107".to_owned(),
        "addrtype" => "-m addrtype --dst-type LOCAL".to_owned(),
        "iprange" => "-m iprange --src-range 10.0.0.1-10.0.0.9".to_owned(),
        "hl" => "-m hl --hl-eq 255".to_owned(),
        "connlimit" => "-m connlimit --connlimit-above 16 --connlimit-mask 32 --connlimit-saddr".to_owned(),
        "mark" => "-m mark --mark 0x1".to_owned(),
        "hashlimit" => "-m hashlimit --hashlimit-above 10/sec --hashlimit-mode srcip --hashlimit-name h".to_owned(),
        "pkttype" => "-m pkttype --pkt-type broadcast".to_owned(),
        "policy" => "-m policy --dir in --pol ipsec".to_owned(),
        "time" => "-m time --timestart 06:59 --timestop 23:59 --days Sun,Mon,Tue".to_owned(),
        "set" => "-m set --match-set bad src".to_owned(),
        "rpfilter" => "-m rpfilter --invert".to_owned(),
        "string" => "-m string --string \"x y\" --algo bm --to 65535".to_owned(),
        _ => "-m length --length 40:1500".to_owned(),
    };
    debug_assert!(protocol != "all" || !text.contains("--dport"));
    let _ = write!(out, " {text}");
}

fn push_target(dice: &mut Dice, out: &mut String, target: &str, Spelling { is_v6, by_hand }: Spelling) {
    let text = match (target, is_v6) {
        ("REJECT", _) if by_hand => "-j REJECT".to_owned(),
        ("REJECT", false) => "-j REJECT --reject-with icmp-port-unreachable".to_owned(),
        ("REJECT", true) => "-j REJECT --reject-with icmp6-port-unreachable".to_owned(),
        ("LOG", _) => "-j LOG --log-prefix \"[dropped] \" --log-level 7".to_owned(),
        ("SNAT", false) => "-j SNAT --to-source 192.0.2.1".to_owned(),
        ("SNAT", true) => "-j SNAT --to-source 2001:db8::1".to_owned(),
        ("DNAT", false) => "-j DNAT --to-destination 10.0.0.5:8080".to_owned(),
        ("DNAT", true) => "-j DNAT --to-destination [2001:db8::5]:8080".to_owned(),
        ("MARK", _) => "-j MARK --set-xmark 0x1/0xffffffff".to_owned(),
        ("CT", _) if dice.once_in(2) => "-j CT --helper amanda".to_owned(),
        ("CT", _) => "-j CT --notrack".to_owned(),
        ("REDIRECT", _) => "-j REDIRECT --to-ports 8080".to_owned(),
        (other, _) => format!("-j {other}"),
    };
    let _ = write!(out, " {text}");
}
