//! A packet as a line of JSON tells it.

use crate::iptables::matches::{AddrType, PacketType, TcpFlags};
use crate::iptables::read::{has_one_code, icmp_kind, mac};
use crate::messages::{Fact, Hint};
use crate::net::{Endpoint, Family, Protocol};
use nines_yaml::{Entry, Mark, Node, Scalar, Value};

/// Longest line: a packet's fields with the longest values take a few hundred bytes.
pub const LINE_BYTES_MAX: usize = 16 << 10;

/// A packet, and what rules may ask of it.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Packet {
    /// The interface it comes in by; none where a local process sends it.
    pub input: Option<String>,
    /// The interface it leaves by; none where it is for this host.
    pub output: Option<String>,
    /// What it carries.
    pub protocol: Option<Protocol>,
    /// From whom.
    pub source: Option<Endpoint>,
    /// To whom.
    pub destination: Option<Endpoint>,
    /// Flags of TCP by [`TcpFlags::NAMES`]; SYN alone where nothing is said.
    pub flags: Option<u8>,
    /// What conntrack makes of it.
    pub state: State,
    /// Type and code of ICMP; none as code where only the type was told.
    pub icmp: Option<(u8, Option<u8>)>,
    /// The sender's address on the wire.
    pub mac: Option<[u8; 6]>,
    /// The mark it carries.
    pub mark: Option<u32>,
    /// The user whose socket sent it.
    pub uid: Option<u32>,
    /// The group.
    pub gid: Option<u32>,
    /// Bytes, with the IP header.
    pub length: Option<u16>,
    /// Hops left.
    pub ttl: Option<u8>,
    /// Whom the frame was for.
    pub packet_type: Option<PacketType>,
    /// What its source is to this host, a bit of [`AddrType::NAMES`].
    pub source_type: Option<u16>,
    /// What its destination is to this host.
    pub destination_type: Option<u16>,
    /// Whom the connection was opened to, before translation.
    pub original: Option<Endpoint>,
}

/// What conntrack makes of a packet.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
#[allow(missing_docs)]
pub enum State {
    #[default]
    New,
    Established,
    Related,
    Invalid,
    Untracked,
}

impl State {
    /// All with their names.
    pub const ALL: [(State, &str); 5] = [
        (State::New, "new"),
        (State::Established, "established"),
        (State::Related, "related"),
        (State::Invalid, "invalid"),
        (State::Untracked, "untracked"),
    ];

    /// As JSON writes it.
    pub fn name(self) -> &'static str {
        State::ALL.iter().find(|(state, _)| *state == self).map(|(_, name)| *name).unwrap_or_default()
    }
}

impl Packet {
    /// The family of its addresses.
    pub fn family(&self) -> Option<Family> {
        self.source.or(self.destination).map(|endpoint| Family::of(endpoint.address))
    }

    /// What its destination is to this host, where that is not told: this host itself, unless it leaves.
    pub fn destination_type(&self) -> u16 {
        let usual = if self.output.is_none() { "LOCAL" } else { "UNICAST" };
        self.destination_type.or_else(|| AddrType::bit(usual)).unwrap_or_default()
    }
}

/// What is wrong with a line.
#[derive(Clone, PartialEq, Debug)]
pub struct PacketFault {
    /// Line and column.
    pub at: Mark,
    /// What is the case.
    pub fact: Fact,
    /// What to do next.
    pub hint: Hint,
}

/// Names of the fields, in the order of the surface's text.
pub(super) const FIELDS: [&str; 18] = [
    "in", "out", "proto", "src", "dst", "flags", "ct", "icmp", "mac", "mark", "uid", "gid", "len", "ttl", "pkttype",
    "srctype", "dsttype", "origdst",
];

/// Reads packets, one a line; empty lines are passed over. Each with its line from 1.
pub fn read_packets(text: &str) -> Vec<(usize, Result<Packet, PacketFault>)> {
    let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
    lines.map(|(number, line)| (number, read_packet(number, line))).collect()
}

/// Reads one packet.
pub fn read_packet(number: usize, line: &str) -> Result<Packet, PacketFault> {
    let entries = read_object(number, line)?;
    check(&packet_of(&entries)?, Mark { line: number, column: 1 })
}

/// The entries of an object that is a line, their marks in the file.
pub(super) fn read_object(number: usize, line: &str) -> Result<Vec<Entry>, PacketFault> {
    let start = Mark { line: number, column: 1 };
    let fault = |at, fact, hint| Err(PacketFault { at, fact, hint });
    if line.len() > LINE_BYTES_MAX {
        return fault(start, Fact::LineTooLong { bytes: line.len(), limit: LINE_BYTES_MAX }, Hint::OneObjectALine);
    }
    if !line.trim_start().starts_with('{') {
        return fault(start, Fact::NotAnObject, Hint::OneObjectALine);
    }
    let (documents, faults) = nines_yaml::read_documents(line);
    if let Some(first) = faults.into_iter().next() {
        let at = Mark { line: number, column: first.at.column };
        let (fact, hint) = (Fact::of_text(&first.fact), Hint::of_text(&first.hint));
        return fault(at, fact, hint);
    }
    match <[Node; 1]>::try_from(documents) {
        Ok([Node { value: Value::Mapping(entries), .. }]) => {
            Ok(entries.into_iter().map(|entry| moved(entry, number)).collect())
        }
        _ => fault(start, Fact::NotAnObject, Hint::OneObjectALine),
    }
}

fn moved(mut entry: Entry, number: usize) -> Entry {
    entry.key_at.line = number;
    entry.value.at.line = number;
    entry
}

/// The packet of an object's entries.
pub(super) fn packet_of(entries: &[Entry]) -> Result<Packet, PacketFault> {
    let mut packet = Packet::default();
    // What ICMP's names mean depends on the addresses, which may stand after it.
    let family = entries
        .iter()
        .filter(|entry| matches!(entry.key.as_str(), "src" | "dst"))
        .find_map(|entry| Endpoint::parse(scalar(&entry.value)?.text.as_str()))
        .map_or(Family::V4, |endpoint| Family::of(endpoint.address));
    for entry in entries {
        set(&mut packet, entry, family)?;
    }
    Ok(packet)
}

fn scalar(node: &Node) -> Option<&Scalar> {
    match &node.value {
        Value::Scalar(scalar) => Some(scalar),
        _ => None,
    }
}

fn set(packet: &mut Packet, entry: &Entry, family: Family) -> Result<(), PacketFault> {
    let unknown = || {
        let near = nines_yaml::nearest(&entry.key, FIELDS);
        let hint = near.map_or(Hint::PacketFieldsAre, |word| Hint::DidYouMean { word: word.to_owned() });
        PacketFault { at: entry.key_at, fact: Fact::UnknownField { field: nines_yaml::clipped(&entry.key) }, hint }
    };
    if !FIELDS.contains(&entry.key.as_str()) {
        return Err(unknown());
    }
    if entry.value.value == Value::Null {
        return Ok(());
    }
    let text = scalar(&entry.value).map(|scalar| scalar.text.as_str());
    let bad = |example: &str| PacketFault {
        at: entry.value.at,
        fact: Fact::BadField { field: entry.key.clone(), value: nines_yaml::clipped(text.unwrap_or("…")) },
        hint: Hint::WriteAs { example: example.to_owned() },
    };
    let Some(text) = text else { return Err(bad("\"eth0\"")) };
    let interface = || (1..=15).contains(&text.len()).then(|| text.to_owned()).ok_or_else(|| bad("\"eth0\""));
    let endpoint = || Endpoint::parse(text).ok_or_else(|| bad("\"10.0.0.2:80\" or \"[2001:db8::2]:80\""));
    let number = |most: u32| whole(text).filter(|value| *value <= most).ok_or_else(|| bad(&format!("0 to {most}")));
    match entry.key.as_str() {
        "in" => packet.input = Some(interface()?),
        "out" => packet.output = Some(interface()?),
        "proto" => packet.protocol = Some(Protocol::parse(text).ok_or_else(|| bad("\"tcp\" or a number to 255"))?),
        "src" => packet.source = Some(endpoint()?),
        "dst" => packet.destination = Some(endpoint()?),
        "flags" => packet.flags = Some(TcpFlags::parse(text).ok_or_else(|| bad("\"syn,ack\""))?),
        "ct" => {
            let named = State::ALL.iter().find(|(_, name)| name.eq_ignore_ascii_case(text)).map(|(state, _)| *state);
            packet.state =
                named.ok_or_else(|| bad("\"new\", \"established\", \"related\", \"invalid\" or \"untracked\""))?;
        }
        "icmp" => packet.icmp = Some(icmp(text, family).ok_or_else(|| bad("\"echo-request\" or \"3/1\""))?),
        "mac" => packet.mac = Some(mac(text).ok_or_else(|| bad("\"00:16:3e:00:00:01\""))?),
        "mark" => packet.mark = Some(number(u32::MAX)?),
        "uid" => packet.uid = Some(number(u32::MAX)?),
        "gid" => packet.gid = Some(number(u32::MAX)?),
        "len" => packet.length = Some(number(u16::MAX.into())? as u16),
        "ttl" => packet.ttl = Some(number(u8::MAX.into())? as u8),
        "pkttype" => packet.packet_type = Some(PacketType::parse(text).ok_or_else(|| bad("\"unicast\""))?),
        "srctype" => packet.source_type = Some(AddrType::bit(text).ok_or_else(|| bad("\"local\" or \"unicast\""))?),
        "dsttype" => {
            packet.destination_type = Some(AddrType::bit(text).ok_or_else(|| bad("\"local\" or \"unicast\""))?)
        }
        _ => packet.original = Some(endpoint()?),
    }
    Ok(())
}

/// Decimal or hexadecimal.
fn whole(text: &str) -> Option<u32> {
    match text.strip_prefix("0x") {
        Some(digits) => u32::from_str_radix(digits, 16).ok(),
        None => text.parse().ok(),
    }
}

/// Type and code: a name tells its own code, a type alone tells none, unless it has but one.
fn icmp(text: &str, family: Family) -> Option<(u8, Option<u8>)> {
    let kind = icmp_kind(family, text)?;
    let number = kind.kind?;
    let code = match kind.codes {
        (first, last) if first == last => Some(first),
        _ if has_one_code(family, number) => Some(0),
        _ => None,
    };
    Some((number, code))
}

/// What can be seen only of the whole.
pub(super) fn check(packet: &Packet, at: Mark) -> Result<Packet, PacketFault> {
    if packet.input.is_none() && packet.output.is_none() {
        return Err(PacketFault { at, fact: Fact::NoInterface, hint: Hint::GiveInterface });
    }
    let families = [packet.source, packet.destination].into_iter().flatten().map(|end| Family::of(end.address));
    let families: Vec<Family> = families.collect();
    if families.first() != families.last() {
        return Err(PacketFault { at, fact: Fact::TwoFamilies, hint: Hint::OneFamily });
    }
    Ok(packet.clone())
}
