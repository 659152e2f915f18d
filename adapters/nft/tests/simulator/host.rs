//! A host in a namespace: two wires, rules from a seed, packets through them, and what its counters say.

use super::frame::ip_packet;
use super::raw::{Local, Wire};
use nines_traffic::generate::{Dice, Host, packets, ruleset};
use nines_traffic::iptables::print;
use nines_traffic::net::{Endpoint, Family, Protocol};
use nines_traffic::simulate::{Answer, Packet, Simulator, State, Verdict, answer_line, packet_line};
use std::collections::BTreeMap;
use std::io::Write;
use std::process::{Command, Stdio};

/// The bit of an address that is a host's, and not this one's.
const UNICAST: u16 = 1 << 1;

/// On what a local process sends, so that it can be told from what the kernel answers by itself.
const OURS: u32 = 0x8000_0000;

/// The kernel of the namespace this process is in.
pub struct Kernel {
    pub host: Host,
    wire: Wire,
    local: Local,
}

/// How much was asked.
#[derive(Default)]
pub struct Told {
    pub n_packets: usize,
    pub n_unknown: usize,
}

/// A packet on which kernel and simulator differ.
pub struct Difference {
    seed: u64,
    packet: Packet,
    answer: Answer,
    counted: Vec<String>,
    arrived: Option<String>,
    rules: String,
}

impl Difference {
    pub fn text(&self) -> String {
        let Difference { seed, counted, arrived, rules, .. } = self;
        let (packet, answer) = (packet_line(&self.packet), answer_line(&self.answer));
        format!("seed {seed}: {packet}\n  simulator {answer}\n  kernel    {counted:?}, arrived {arrived:?}\n{rules}")
    }
}

fn run(program: &str, arguments: &[&str], input: &str) -> String {
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{program}: {error}"));
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{program} {arguments:?} with:\n{input}");
    String::from_utf8(output.stdout).unwrap()
}

impl Kernel {
    /// Wires `s0` and `s1` with their other ends `c0` and `c1`, addresses, routes, and a table that keeps what arrived
    /// and lets nothing be answered.
    pub fn set_up(family: Family) -> Kernel {
        let (own, clients, servers, ip, route) = match family {
            Family::V4 => ("10.50.255.1", "10.50.0.0", "10.60.0.0", "-4", "10.60.0.0/16"),
            Family::V6 => ("fd00:50::ffff", "fd00:50::", "fd00:60::", "-6", "fd00:60::/64"),
        };
        let host = Host {
            family,
            interfaces: ["s0", "s1"],
            own: own.parse().unwrap(),
            clients: clients.parse().unwrap(),
            servers: servers.parse().unwrap(),
        };
        let script = format!(
            "set -e\n\
             for k in all default; do echo 0 > /proc/sys/net/ipv4/conf/$k/rp_filter; echo 0 > /proc/sys/net/ipv6/conf/$k/accept_dad; done\n\
             echo 1 > /proc/sys/net/ipv4/ip_forward; echo 1 > /proc/sys/net/ipv6/conf/all/forwarding\n\
             ip link add c0 type veth peer name s0; ip link add c1 type veth peer name s1\n\
             for i in c0 c1; do echo 1 > /proc/sys/net/ipv6/conf/$i/disable_ipv6; ip link set $i arp off up; done\n\
             for i in s0 s1; do ip link set $i arp off up; echo 0 > /proc/sys/net/ipv6/conf/$i/autoconf; done\n\
             ip link set lo up\n\
             ip {ip} addr add {own}/{} dev s0\n\
             ip {ip} route add {route} dev s1\n",
            family.bits()
        );
        run("sh", &[], &script);
        run("nft", &["-f", "-"], &probe(family));
        let hardware = std::fs::read_to_string("/sys/class/net/s0/address")
            .or_else(|_| Ok::<_, std::io::Error>(hardware_of("s0")))
            .unwrap();
        let bytes: Vec<u8> = hardware.trim().split(':').map(|byte| u8::from_str_radix(byte, 16).unwrap()).collect();
        let wire = Wire::open("c0", bytes.try_into().unwrap(), family);
        Kernel { host, wire, local: Local::open(family, OURS) }
    }

    fn tool(&self, name: &str) -> String {
        let prefix = if self.host.family == Family::V4 { "iptables" } else { "ip6tables" };
        format!("{prefix}-legacy-{name}")
    }

    /// Loads a table of ours in place of the one before, and forgets what arrived.
    pub fn load_ours(&self, table: &str) {
        let script = format!("table inet nines {{\n}}\ndelete table inet nines\n{table}\nflush set inet probe seen\n");
        run("nft", &["-f", "-"], &script);
    }

    /// The table of ours as the kernel has it.
    pub fn table_of_ours(&self) -> String {
        run("nft", &["-n", "list", "table", "inet", "nines"], "")
    }

    /// What the kernel's own tool writes of the rules it loaded is what we wrote, rule by rule.
    fn assert_written_back(&self, text: &str) {
        let rules = |text: &str| {
            let mut lines: Vec<String> =
                text.lines().filter(|line| line.starts_with("-A")).map(str::to_owned).collect();
            lines.sort();
            lines
        };
        assert_eq!(rules(&run(&self.tool("save"), &[], "")), rules(text));
    }

    /// Counters of all rules, by `TABLE/CHAIN/N`.
    fn counters(&self) -> BTreeMap<String, u64> {
        let mut counters = BTreeMap::new();
        let (mut table, mut numbers) = (String::new(), BTreeMap::<String, usize>::new());
        for line in run(&self.tool("save"), &["-c"], "").lines() {
            if let Some(name) = line.strip_prefix('*') {
                (table, numbers) = (name.to_owned(), BTreeMap::new());
            }
            let Some((packets, rest)) = line.strip_prefix('[').and_then(|line| line.split_once(':')) else { continue };
            let chain = rest.split_once("-A ").unwrap().1.split(' ').next().unwrap();
            let number = numbers.entry(chain.to_owned()).or_default();
            *number += 1;
            counters.insert(format!("{table}/{chain}/{number}"), packets.parse().unwrap());
        }
        counters
    }

    /// What arrived: number of the packet, and where from and to, as addresses and ports.
    pub fn arrived(&self) -> BTreeMap<u16, [String; 4]> {
        let text = run("nft", &["-n", "list", "set", "inet", "probe", "seen"], "");
        let elements = text.split("elements = {").nth(1).and_then(|rest| rest.split('}').next()).unwrap_or_default();
        let read = |element: &str| {
            let parts: Vec<&str> = element.trim().split(" . ").map(str::trim).collect();
            let [id, rest @ ..] = parts.as_slice() else { return None };
            // The mark holds bytes of the header as they stood on the wire.
            let [first, second, third, _] = u32::from_str_radix(id.trim_start_matches("0x"), 16).ok()?.to_le_bytes();
            let id = match self.host.family {
                Family::V4 => u16::from_be_bytes([first, second]),
                Family::V6 => u16::from_be_bytes([second, third]),
            };
            Some((id, [rest[0], rest[1], rest[2], rest[3]].map(str::to_owned)))
        };
        elements.split(',').filter_map(read).collect()
    }

    pub fn send(&self, packet: &Packet, id: u16) {
        let bytes = ip_packet(packet, id);
        match packet.input {
            Some(_) => self.wire.send(&bytes),
            None => self.local.send(&bytes, packet.destination.unwrap().address),
        }
    }
}

/// Without `/sys` of this namespace, what `ip` says.
fn hardware_of(interface: &str) -> String {
    let text = run("ip", &["-o", "link", "show", interface], "");
    text.split("link/ether ").nth(1).unwrap().split(' ').next().unwrap().to_owned()
}

/// Keeps what passed every rule, then drops it before a socket, a wire or conntrack's memory has it: each packet meets
/// the rules as if it were the first. What the kernel answers by itself is dropped before any rule counts it.
fn probe(family: Family) -> String {
    let (ip, id, address) = match family {
        Family::V4 => ("ip", "@nh,32,32", "ipv4_addr"),
        Family::V6 => ("ip6", "ip6 flowlabel", "ipv6_addr"),
    };
    let keep =
        format!("meta mark set {id} update @seen {{ meta mark . {ip} saddr . {ip} daddr . th sport . th dport }}");
    format!(
        "table inet probe {{\n\
           set seen {{ type mark . {address} . {address} . inet_service . inet_service; size 65535; flags dynamic; }}\n\
           chain in {{ type filter hook input priority 300; policy drop; {keep}; }}\n\
           chain post {{ type filter hook postrouting priority 300; policy drop; {keep}; }}\n\
           chain out {{ type filter hook output priority -400; meta mark & {OURS:#x} == 0 drop; }}\n\
         }}\n"
    )
}

/// The packet as the kernel will see it: its length, its mark, and what conntrack makes of it.
pub fn made_real(packet: Packet, family: Family) -> Packet {
    let header = if family == Family::V4 { 20 } else { 40 };
    let carried = if packet.protocol == Some(Protocol::TCP) { 20 } else { 8 };
    let mark = if packet.input.is_none() { OURS } else { 0 };
    // SYN opens a connection; ACK alone is taken for the middle of one; other first packets make no sense.
    let state = match packet.flags.filter(|_| packet.protocol == Some(Protocol::TCP)) {
        None | Some(0x02 | 0x10 | 0x18) => State::New,
        Some(_) => State::Invalid,
    };
    // What passes through was not sent to this host.
    let passes = packet.input.is_some() && packet.output.is_some();
    let destination_type = passes.then_some(UNICAST);
    Packet { length: Some(header + carried), mark: Some(mark), state, destination_type, ..packet }
}

/// The answer, with the way that the kernel's routing takes after a translation; none where a packet cannot tell what
/// the kernel will see: which address of this host a redirect on the way through means, and by which interface a
/// redirected local packet was to leave, which later rules of OUTPUT still see.
fn answer(simulator: &Simulator<'_>, packet: &Packet, host: &Host) -> Option<(Packet, Answer)> {
    let Some(to) = simulator.translated(packet) else { return Some((packet.clone(), simulator.answer(packet))) };
    let address = to.address.filter(|_| !to.is_own)?.first;
    let is_here = address == host.own || address == host.family.loopback();
    let output = match (is_here, &packet.input) {
        (true, Some(_)) => None,
        (false, Some(_)) => Some(host.interfaces[1].to_owned()),
        (_, None) if packet.output.as_deref() == Some("lo") => packet.output.clone(),
        (_, None) => return None,
    };
    let routed = Packet { output, ..packet.clone() };
    let answer = simulator.answer(&routed);
    Some((routed, answer))
}

/// Loads the rules of a seed and sends its packets.
pub fn differences(kernel: &Kernel, seed: u64, n_packets: usize) -> (Told, Vec<Difference>) {
    let mut dice = Dice::new(seed);
    let rules = ruleset(&mut dice, &kernel.host, seed.is_multiple_of(2));
    let text = print(&rules);
    run(&kernel.tool("restore"), &[], "*nat\nCOMMIT\n");
    run(&kernel.tool("restore"), &[], &text);
    kernel.assert_written_back(&text);
    run("nft", &["flush", "set", "inet", "probe", "seen"], "");
    let simulator = Simulator::new(&rules);
    let mut told = Told::default();
    let mut asked = Vec::new();
    let mut before = kernel.counters();
    for (id, packet) in (1..).zip(packets(&mut dice, &kernel.host, n_packets)) {
        let packet = made_real(packet, kernel.host.family);
        let Some((packet, answer)) = answer(&simulator, &packet, &kernel.host) else { continue };
        kernel.send(&packet, id);
        let after = kernel.counters();
        let moved = after.iter().flat_map(|(rule, count)| {
            let n_met = count - before.get(rule).copied().unwrap_or_default();
            std::iter::repeat_n(rule.clone(), n_met as usize)
        });
        let counted: Vec<String> = moved.collect();
        before = after;
        told.n_packets += 1;
        if answer.verdict == Verdict::Unknown {
            told.n_unknown += 1;
        } else {
            asked.push((id, packet, answer, counted));
        }
    }
    let arrived = kernel.arrived();
    let differs = |(id, packet, answer, counted): (u16, Packet, Answer, Vec<String>)| {
        let mut path = answer.path.clone();
        path.sort();
        let arrived = arrived.get(&id);
        let is_same = path == counted && agrees(&packet, &answer, arrived);
        let arrived = arrived.map(|parts| parts.join(" "));
        (!is_same).then(|| Difference { seed, packet, answer, counted, arrived, rules: text.clone() })
    };
    (told, asked.into_iter().filter_map(differs).collect())
}

/// Whether a packet arrived, and where the answer says.
fn agrees(packet: &Packet, answer: &Answer, arrived: Option<&[String; 4]>) -> bool {
    let Some([source, destination, source_port, destination_port]) = arrived else {
        return answer.verdict != Verdict::Accept;
    };
    let end = |text: &Option<String>, before: Option<Endpoint>| {
        text.as_ref().and_then(|text| Endpoint::parse(text)).or(before).unwrap()
    };
    let (to, from) = (end(&answer.to, packet.destination), end(&answer.from, packet.source));
    let same = |end: Endpoint, address: &str, port: &str| {
        end.address.to_string() == *address && end.port.is_none_or(|known| known.to_string() == *port)
    };
    answer.verdict == Verdict::Accept && same(to, destination, destination_port) && same(from, source, source_port)
}
