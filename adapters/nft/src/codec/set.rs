//! Sets and their elements.
//!
//! The kernel keeps ranges of one value as two elements: where a range starts, and, marked, the first value after it.
//! Ranges of concatenations are one element with two keys.

use nines_traffic::nft::keys::ObjectKind;
use nines_traffic::nft::{Answer, Answers, Data, Datatype, Element, Expr, Family, SetHead, TableId};

use super::expr;
use super::value::{LIST_ENTRY, name};
use crate::wire::{Attributes, Malformed, Writer};

pub mod of_set {
    pub const TABLE: u16 = 1;
    pub const NAME: u16 = 2;
    pub const FLAGS: u16 = 3;
    pub const KEY_TYPE: u16 = 4;
    pub const KEY_LEN: u16 = 5;
    pub const VALUE_TYPE: u16 = 6;
    pub const VALUE_LEN: u16 = 7;
    pub const DESCRIPTION: u16 = 9;
    pub const ID: u16 = 10;
    pub const TIMEOUT: u16 = 11;
    pub const USERDATA: u16 = 13;
    pub const OBJECT_KIND: u16 = 15;
    pub const EXPR: u16 = 17;
    pub const EXPRS: u16 = 18;
    pub const SIZE: u16 = 1;
    pub const PARTS: u16 = 2;
    pub const PART_LEN: u16 = 1;
    /// The type of values that are verdicts (`NFT_DATA_VERDICT`).
    pub const VERDICTS: u32 = 0xffff_ff00;
}

mod flags {
    pub const INTERVAL: u32 = 0x4;
    pub const MAP: u32 = 0x8;
    pub const TIMEOUT: u32 = 0x10;
    pub const DYNAMIC: u32 = 0x20;
    pub const OBJECT: u32 = 0x40;
    pub const CONCAT: u32 = 0x80;
    pub const EXPRS: u32 = 0x100;
}

pub mod of_elements {
    pub const TABLE: u16 = 1;
    pub const SET: u16 = 2;
    pub const LIST: u16 = 3;
}

mod of_element {
    pub const KEY: u16 = 1;
    pub const ANSWER: u16 = 2;
    pub const FLAGS: u16 = 3;
    pub const TIMEOUT: u16 = 4;
    pub const OBJECT: u16 = 9;
    pub const LAST: u16 = 10;
    /// The first value after a range.
    pub const AFTER: u32 = 1;
    /// Every value that no other element has.
    pub const CATCHALL: u32 = 2;
}

/// Types of the parts of a key stand side by side in so many bits each.
const PART_BITS: u32 = 6;

/// Writes what a set is.
pub fn write_set(head: &SetHead, id: u32, out: &mut Writer) {
    out.text(of_set::NAME, head.name.as_str());
    out.be32(of_set::FLAGS, bits(head));
    let key_type = head.key.iter().fold(0, |sum, part| (sum << PART_BITS) | u32::from(part.number()));
    out.be32(of_set::KEY_TYPE, key_type);
    out.be32(of_set::KEY_LEN, u32::try_from(head.key_bytes()).unwrap_or(u32::MAX));
    out.be32(of_set::ID, id);
    match head.answers {
        Answers::Presence => {}
        Answers::Value(datatype) => {
            out.be32(of_set::VALUE_TYPE, u32::from(datatype.number()));
            out.be32(of_set::VALUE_LEN, u32::try_from(datatype.n_bytes()).unwrap_or(u32::MAX));
        }
        Answers::Verdict => out.be32(of_set::VALUE_TYPE, of_set::VERDICTS),
        Answers::Object(kind) => out.be32(of_set::OBJECT_KIND, kind.number()),
    }
    if head.size.is_some() || head.key.len() > 1 {
        out.nest(of_set::DESCRIPTION, |out| write_description(head, out));
    }
    if let Some(timeout_ms) = head.timeout_ms.filter(|timeout_ms| *timeout_ms > 0) {
        out.be64(of_set::TIMEOUT, timeout_ms);
    }
    out.bytes(of_set::USERDATA, &orders(head));
    match head.beside.as_slice() {
        [] => {}
        [one] => out.expr(of_set::EXPR, one),
        several => expr::write_list(of_set::EXPRS, several, out),
    }
}

/// In which order keys and answers stand, for `nft` to list them right: type, length and value of each.
fn orders(head: &SetHead) -> Vec<u8> {
    const KEY: u8 = 0;
    const ANSWER: u8 = 1;
    const HOST: u32 = 1;
    const NETWORK: u32 = 2;
    let entry = |kind: u8, datatype: Datatype| {
        let host = datatype.in_host_order() || datatype == Datatype::InterfaceName; // texts count as numbers of ours
        let order = if host { HOST } else { NETWORK };
        [[kind, 4].as_slice(), &order.to_ne_bytes()].concat()
    };
    let key = match head.key.as_slice() {
        [one] => entry(KEY, *one),
        _ => Vec::new(), // each part has its own
    };
    let answer = match head.answers {
        Answers::Value(datatype) => entry(ANSWER, datatype),
        _ => Vec::new(),
    };
    [key, answer].concat()
}

fn bits(head: &SetHead) -> u32 {
    let bit = |set: bool, bit: u32| if set { bit } else { 0 };
    bit(head.interval, flags::INTERVAL)
        | bit(head.timeout_ms.is_some(), flags::TIMEOUT)
        | bit(head.dynamic, flags::DYNAMIC)
        | bit(head.key.len() > 1, flags::CONCAT)
        | bit(head.beside.len() > 1, flags::EXPRS)
        | match head.answers {
            Answers::Presence => 0,
            Answers::Value(_) | Answers::Verdict => flags::MAP,
            Answers::Object(_) => flags::OBJECT,
        }
}

fn write_description(head: &SetHead, out: &mut Writer) {
    if let Some(size) = head.size {
        out.be32(of_set::SIZE, size);
    }
    if head.key.len() > 1 {
        out.nest(of_set::PARTS, |out| {
            for part in &head.key {
                let len = u32::try_from(part.n_bytes()).unwrap_or(u32::MAX);
                out.nest(LIST_ENTRY, |out| out.be32(of_set::PART_LEN, len));
            }
        });
    }
}

/// Reads what a set is, and the name of its table.
///
/// # Errors
/// Where something of it is missing.
pub fn read_set(family: Family, attributes: &Attributes<'_>) -> Result<(TableId, SetHead), Malformed> {
    let table = TableId { family, name: name(attributes, of_set::TABLE)? };
    let bits = attributes.be32_or_0(of_set::FLAGS)?;
    let description = attributes.get(of_set::DESCRIPTION).map(Attributes::parse).transpose()?;
    let size = description.as_ref().and_then(|description| description.be32(of_set::SIZE).ok());
    let timeout_ms = attributes.get(of_set::TIMEOUT).map(|_| attributes.be64(of_set::TIMEOUT)).transpose()?;
    let head = SetHead {
        name: name(attributes, of_set::NAME)?,
        key: read_key(attributes, description.as_ref())?,
        answers: read_answers(attributes, bits)?,
        interval: bits & flags::INTERVAL != 0,
        dynamic: bits & flags::DYNAMIC != 0,
        timeout_ms: (bits & flags::TIMEOUT != 0).then_some(timeout_ms.unwrap_or(0)),
        size: size.filter(|size| *size > 0),
        beside: read_beside(attributes)?,
    };
    Ok((table, head))
}

fn read_beside(attributes: &Attributes<'_>) -> Result<Vec<Expr>, Malformed> {
    match (attributes.get(of_set::EXPR), attributes.get(of_set::EXPRS)) {
        (Some(one), _) => Ok(vec![expr::read(one)?]),
        (None, Some(several)) => expr::read_list(several),
        (None, None) => Ok(Vec::new()),
    }
}

fn read_answers(attributes: &Attributes<'_>, bits: u32) -> Result<Answers, Malformed> {
    if bits & flags::OBJECT != 0 {
        return Ok(Answers::Object(attributes.known(of_set::OBJECT_KIND, ObjectKind::from_number)?));
    }
    if bits & flags::MAP == 0 {
        return Ok(Answers::Presence);
    }
    let number = attributes.be32(of_set::VALUE_TYPE)?;
    if number == of_set::VERDICTS {
        return Ok(Answers::Verdict);
    }
    Ok(Answers::Value(Datatype::from_number(low_byte(number), low_byte(attributes.be32_or_0(of_set::VALUE_LEN)?))))
}

fn read_key(attributes: &Attributes<'_>, description: Option<&Attributes<'_>>) -> Result<Vec<Datatype>, Malformed> {
    let number = attributes.be32_or_0(of_set::KEY_TYPE)?;
    let len = attributes.be32(of_set::KEY_LEN)?;
    let lens = description.and_then(|description| description.get(of_set::PARTS)).map(read_lens).transpose()?;
    let parts = lens.as_ref().map_or_else(|| n_parts(number), Vec::len);
    if parts <= 1 {
        return Ok(vec![Datatype::from_number(low_byte(number), low_byte(len))]);
    }
    let part = |at: usize| {
        let shift = PART_BITS * u32::try_from(parts - 1 - at).unwrap_or(u32::MAX);
        let number = low_byte(number.checked_shr(shift).unwrap_or(0) & ((1 << PART_BITS) - 1));
        let len = lens.as_ref().and_then(|lens| lens.get(at).copied());
        Datatype::from_number(number, len.or_else(|| Datatype::bytes_of_number(number)).unwrap_or(0))
    };
    Ok((0..parts).map(part).collect())
}

/// How many types a number of a key holds.
fn n_parts(number: u32) -> usize {
    let used = u32::BITS - number.leading_zeros();
    usize::try_from(used.div_ceil(PART_BITS)).unwrap_or(1)
}

fn read_lens(parts: &[u8]) -> Result<Vec<u8>, Malformed> {
    Attributes::list(parts).map(|part| Ok(low_byte(Attributes::parse(part?.1)?.be32(of_set::PART_LEN)?))).collect()
}

fn low_byte(number: u32) -> u8 {
    u8::try_from(number).unwrap_or(u8::MAX)
}

/// Writes one element as the kernel keeps it; a range of one value as two.
pub fn write_element(head: &SetHead, element: &Element, out: &mut Writer) {
    let two = head.interval && head.key.len() == 1;
    out.nest(LIST_ENTRY, |out| {
        out.data(of_element::KEY, &element.key);
        if let Some(last) = element.last.as_ref().filter(|_| !two) {
            out.data(of_element::LAST, last);
        }
        match &element.answer {
            None => {}
            Some(Answer::Value(value)) => out.data(of_element::ANSWER, value),
            Some(Answer::Verdict(verdict)) => out.verdict(of_element::ANSWER, verdict),
            Some(Answer::Object(object)) => out.text(of_element::OBJECT, object.as_str()),
        }
        if let Some(timeout_ms) = element.timeout_ms {
            out.be64(of_element::TIMEOUT, timeout_ms);
        }
    });
    // A range up to the last value of all has nothing after it.
    let after = two.then(|| element.last.as_ref().unwrap_or(&element.key).next()).flatten();
    if let Some(after) = after {
        out.nest(LIST_ENTRY, |out| {
            out.data(of_element::KEY, &after);
            out.be32(of_element::FLAGS, of_element::AFTER);
        });
    }
}

/// Elements of a set as they come, message by message, until [`Elements::finish`] joins ranges.
#[derive(Debug, Default)]
pub struct Elements {
    starts: Vec<Element>,
    afters: Vec<Data>,
}

/// Reads the elements that the message of a dump holds.
///
/// # Errors
/// Where something of one is missing.
pub fn read_elements(attributes: &Attributes<'_>, into: &mut Elements) -> Result<(), Malformed> {
    let list = attributes.get(of_elements::LIST).unwrap_or(&[]);
    for entry in Attributes::list(list) {
        let entry = Attributes::parse(entry?.1)?;
        match entry.be32_or_0(of_element::FLAGS)? {
            bits if bits & of_element::CATCHALL != 0 => {}
            bits if bits & of_element::AFTER != 0 => into.afters.push(entry.data(of_element::KEY)?),
            _ => into.starts.push(read_element(&entry)?),
        }
    }
    Ok(())
}

fn read_element(entry: &Attributes<'_>) -> Result<Element, Malformed> {
    let answer = if entry.get(of_element::OBJECT).is_some() {
        Some(Answer::Object(name(entry, of_element::OBJECT)?))
    } else if entry.is_verdict(of_element::ANSWER) {
        Some(Answer::Verdict(entry.verdict(of_element::ANSWER)?))
    } else {
        entry.get(of_element::ANSWER).map(|_| entry.data(of_element::ANSWER)).transpose()?.map(Answer::Value)
    };
    let key = entry.data(of_element::KEY)?;
    let last = entry.get(of_element::LAST).map(|_| entry.data(of_element::LAST)).transpose()?;
    let timeout_ms = entry.get(of_element::TIMEOUT).map(|_| entry.be64(of_element::TIMEOUT)).transpose()?;
    Ok(Element { last: last.filter(|last| *last != key), key, answer, timeout_ms })
}

impl Elements {
    /// The elements sorted by key; starts of ranges joined with what comes after them.
    #[must_use]
    pub fn finish(mut self, head: &SetHead) -> Vec<Element> {
        self.starts.sort_unstable();
        if !head.interval || head.key.len() > 1 {
            return self.starts;
        }
        self.afters.sort_unstable();
        let mut afters = self.afters.iter().peekable();
        for start in &mut self.starts {
            while afters.next_if(|after| **after <= start.key).is_some() {}
            let last = match afters.peek() {
                Some(after) => after.previous(),
                None => Some(Data::repeated(0xff, start.key.len())),
            };
            start.last = last.filter(|last| *last != start.key);
        }
        self.starts
    }
}
