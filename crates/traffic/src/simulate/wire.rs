//! Answers and packets as lines of JSON.

use super::answer::Answer;
use super::packet::Packet;
use crate::iptables::flag_names;
use crate::iptables::matches::{AddrType, PacketType};
use std::fmt::Write;

/// An answer as one line, its fields in a fixed order; those that say nothing are left out, `path` is always there.
pub fn answer_line(answer: &Answer) -> String {
    let mut object = Object::default();
    object.text("verdict", Some(answer.verdict.name()));
    object.text("rule", answer.rule.as_deref());
    object.text("to", answer.to.as_deref());
    object.text("from", answer.from.as_deref());
    if !answer.missing.is_empty() {
        object.list("missing", answer.missing.iter().map(String::as_str));
    }
    object.list("path", answer.path.iter().map(String::as_str));
    object.line()
}

/// A packet as one line; what it does not say is left out.
pub fn packet_line(packet: &Packet) -> String {
    let mut object = Object::default();
    object.text("in", packet.input.as_deref());
    object.text("out", packet.output.as_deref());
    object.text("proto", packet.protocol.map(|protocol| protocol.to_string()).as_deref());
    object.text("src", packet.source.map(|end| end.to_string()).as_deref());
    object.text("dst", packet.destination.map(|end| end.to_string()).as_deref());
    object.text("flags", packet.flags.map(|flags| flag_names(flags).to_ascii_lowercase()).as_deref());
    object.text("ct", Some(packet.state.name()));
    let icmp = packet.icmp.map(|(kind, code)| code.map_or(kind.to_string(), |code| format!("{kind}/{code}")));
    object.text("icmp", icmp.as_deref());
    let mac = |mac: [u8; 6]| mac.map(|byte| format!("{byte:02x}")).join(":");
    object.text("mac", packet.mac.map(mac).as_deref());
    object.number("mark", packet.mark);
    object.number("uid", packet.uid);
    object.number("gid", packet.gid);
    object.number("len", packet.length.map(u32::from));
    object.number("ttl", packet.ttl.map(u32::from));
    let packet_type = |kind| PacketType::ALL.iter().find(|(known, _)| *known == kind).map(|(_, name)| *name);
    object.text("pkttype", packet.packet_type.and_then(packet_type));
    let address_type =
        |bit: u16| AddrType::NAMES.get(bit.trailing_zeros() as usize).map(|name| name.to_ascii_lowercase());
    object.text("srctype", packet.source_type.and_then(address_type).as_deref());
    object.text("dsttype", packet.destination_type.and_then(address_type).as_deref());
    object.text("origdst", packet.original.map(|end| end.to_string()).as_deref());
    object.line()
}

/// An object under way.
#[derive(Default)]
struct Object {
    out: String,
}

impl Object {
    fn key(&mut self, key: &str) {
        self.out.push(if self.out.is_empty() { '{' } else { ',' });
        let _ = write!(self.out, "\"{key}\":");
    }

    fn text(&mut self, key: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.key(key);
            self.out.push_str(&quoted(value));
        }
    }

    fn number(&mut self, key: &str, value: Option<u32>) {
        if let Some(value) = value {
            self.key(key);
            let _ = write!(self.out, "{value}");
        }
    }

    fn list<'v>(&mut self, key: &str, values: impl Iterator<Item = &'v str>) {
        self.key(key);
        let _ = write!(self.out, "[{}]", values.map(quoted).collect::<Vec<_>>().join(","));
    }

    fn line(mut self) -> String {
        if self.out.is_empty() {
            self.out.push('{');
        }
        self.out.push('}');
        self.out
    }
}

/// A text of JSON.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => out.extend(['\\', letter]),
            letter if letter < ' ' => drop(write!(out, "\\u{:04x}", u32::from(letter))),
            letter => out.push(letter),
        }
    }
    out.push('"');
    out
}
