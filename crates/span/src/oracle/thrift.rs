//! Zipkin's thrift: a reader that makes a tree of the whole body first, and a writer. No opinion on bodies that
//! thrift's own rules do not allow.

use super::v1::{Sent, convert};
use crate::{Endpoint, Span};
use core::net::{Ipv4Addr, Ipv6Addr};

/// The spans of a list; what follows the list is not looked at.
pub fn spans(body: &[u8]) -> Option<Vec<Span>> {
    let mut bytes = body;
    let Tree::List(spans) = value(&mut bytes, 15, 0, true)? else { return None };
    let sent: Option<Vec<Sent>> = spans.iter().map(sent).collect();
    let spans: Option<Vec<Vec<Span>>> = sent?.iter().map(convert).collect();
    Some(spans?.concat())
}

/// A value of thrift.
enum Tree {
    /// Everything of a fixed width, and its type.
    Number(u8, i64),
    Bytes(Vec<u8>),
    Struct(Vec<(i16, Tree)>),
    List(Vec<Tree>),
    /// A set or a map, which no field of Zipkin's is.
    Other,
}

/// Where a number says how many, a body of few bytes must not make a large tree.
const N_VALUES_MAX: usize = 10_000;
const DEPTH_MAX: usize = 40;

fn value(bytes: &mut &[u8], kind: u8, depth: usize, is_of_structs: bool) -> Option<Tree> {
    if depth > DEPTH_MAX {
        return None;
    }
    Some(match kind {
        2 | 3 => Tree::Number(kind, i64::from(i8::from_be_bytes(take(bytes)?))),
        6 => Tree::Number(kind, i64::from(i16::from_be_bytes(take(bytes)?))),
        8 => Tree::Number(kind, i64::from(i32::from_be_bytes(take(bytes)?))),
        4 | 10 => Tree::Number(kind, i64::from_be_bytes(take(bytes)?)),
        11 => {
            let length = usize::try_from(i32::from_be_bytes(take(bytes)?)).ok()?;
            let (text, rest) = bytes.split_at_checked(length)?;
            *bytes = rest;
            Tree::Bytes(text.to_vec())
        }
        12 => {
            let mut fields = Vec::new();
            loop {
                let [kind] = take(bytes)?;
                if kind == 0 {
                    break Tree::Struct(fields);
                }
                let number = i16::from_be_bytes(take(bytes)?);
                // A list of annotations is one whatever type it says its elements are.
                let is_of_structs = depth == 1 && kind == 15 && matches!(number, 6 | 8);
                fields.push((number, value(bytes, kind, depth + 1, is_of_structs)?));
            }
        }
        14 | 15 => {
            let [element] = take(bytes)?;
            let element = if is_of_structs { 12 } else { element };
            let count = usize::try_from(i32::from_be_bytes(take(bytes)?)).ok().filter(|n| *n <= N_VALUES_MAX)?;
            let elements =
                (0..count).map(|_| value(bytes, element, depth + 1, false)).collect::<Option<Vec<Tree>>>()?;
            if kind == 15 { Tree::List(elements) } else { Tree::Other }
        }
        13 => {
            let [key, element] = take(bytes)?;
            let count = usize::try_from(i32::from_be_bytes(take(bytes)?)).ok().filter(|n| *n <= N_VALUES_MAX)?;
            for _ in 0..count {
                value(bytes, key, depth + 1, false)?;
                value(bytes, element, depth + 1, false)?;
            }
            Tree::Other
        }
        _ => return None,
    })
}

fn take<const N: usize>(bytes: &mut &[u8]) -> Option<[u8; N]> {
    let (chunk, rest) = bytes.split_first_chunk()?;
    *bytes = rest;
    Some(*chunk)
}

fn sent(tree: &Tree) -> Option<Sent> {
    let mut sent = Sent::default();
    let (mut low, mut high) = (0, 0);
    for (number, value) in fields(tree)? {
        match (number, value) {
            (1, Tree::Number(10, id)) => low = *id as u64,
            (12, Tree::Number(10, id)) => high = *id as u64,
            (3, Tree::Bytes(name)) => sent.name = text(name),
            (4, Tree::Number(10, id)) => sent.id = *id as u64,
            (5, Tree::Number(10, id)) => sent.parent_id = *id as u64,
            (6, Tree::List(list)) => {
                for tree in list {
                    sent.annotations.extend(annotation(tree)?);
                }
            }
            (8, Tree::List(list)) => {
                for tree in list {
                    sent.binary_annotations.extend(binary_annotation(tree)?);
                }
            }
            (9, Tree::Number(2, truth)) => sent.debug = *truth == 1,
            (10, Tree::Number(10, time)) => sent.timestamp = *time,
            (11, Tree::Number(10, time)) => sent.duration = *time,
            _ => {}
        }
    }
    sent.trace_id = u128::from(high) << 64 | u128::from(low);
    Some(sent)
}

fn annotation(tree: &Tree) -> Option<Option<(i64, String, Endpoint)>> {
    let (mut time, mut value, mut own) = (0, None, Endpoint::default());
    for (number, field) in fields(tree)? {
        match (number, field) {
            (1, Tree::Number(10, sent)) => time = *sent,
            (2, Tree::Bytes(sent)) => value = Some(text(sent)),
            (3, Tree::Struct(_)) => own = endpoint(field)?,
            _ => {}
        }
    }
    Some(value.filter(|_| time != 0).map(|value| (time, value, own)))
}

fn binary_annotation(tree: &Tree) -> Option<Option<(String, Option<String>, Endpoint)>> {
    let (mut key, mut value, mut own) = (None, None, Endpoint::default());
    let mut types = Vec::new();
    for (number, field) in fields(tree)? {
        match (number, field) {
            (1, Tree::Bytes(sent)) => key = Some(text(sent)),
            (2, Tree::Bytes(sent)) => value = Some(text(sent)),
            (3, Tree::Number(8, sent)) => types.push(*sent),
            (4, Tree::Struct(_)) => own = endpoint(field)?,
            _ => {}
        }
    }
    let (Some(key), Some(value)) = (key, value) else { return Some(None) };
    if types.contains(&6) {
        return Some(Some((key, Some(value), own)));
    }
    let is_address = types.contains(&0) && value == "\u{1}" && ["ca", "sa", "ma"].contains(&key.as_str());
    Some((is_address && !own.is_empty()).then_some((key, None, own)))
}

fn endpoint(tree: &Tree) -> Option<Endpoint> {
    let mut endpoint = Endpoint::default();
    for (number, field) in fields(tree)? {
        match (number, field) {
            (1, Tree::Number(8, 0)) => {}
            (1, Tree::Number(8, bits)) => endpoint.ipv4 = Some(Ipv4Addr::from(*bits as u32)),
            (2, Tree::Number(6, port)) => endpoint.port = *port as u16,
            (3, Tree::Bytes(name)) => endpoint.service = text(name),
            (4, Tree::Bytes(bytes)) => {
                if let Ok(bytes) = <[u8; 16]>::try_from(&bytes[..]) {
                    match Ipv6Addr::from(bytes).to_ipv4_mapped() {
                        Some(mapped) => endpoint.ipv4 = Some(mapped),
                        None => endpoint.ipv6 = Some(Ipv6Addr::from(bytes)),
                    }
                } else if let Ok(bytes) = <[u8; 4]>::try_from(&bytes[..]) {
                    endpoint.ipv4 = Some(Ipv4Addr::from(bytes));
                }
            }
            _ => {}
        }
    }
    Some(endpoint)
}

fn fields(tree: &Tree) -> Option<&[(i16, Tree)]> {
    if let Tree::Struct(fields) = tree { Some(fields) } else { None }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

// -- writing -------------------------------------------------------------------------------------

/// A list of spans, as senders write it.
pub fn write_list(spans: &[Sent]) -> Vec<u8> {
    let mut out = vec![12];
    out.extend((spans.len() as i32).to_be_bytes());
    spans.iter().for_each(|span| out.extend(write_span(span)));
    out
}

/// One span without a list around it.
pub fn write_span(sent: &Sent) -> Vec<u8> {
    let mut out = Vec::new();
    put(10, 1, &(sent.trace_id as i64).to_be_bytes(), &mut out);
    put(11, 3, &counted(sent.name.as_bytes()), &mut out);
    put(10, 4, &(sent.id as i64).to_be_bytes(), &mut out);
    if sent.parent_id != 0 {
        put(10, 5, &(sent.parent_id as i64).to_be_bytes(), &mut out);
    }
    let annotations: Vec<_> = sent.annotations.iter().map(put_annotation).collect();
    put(15, 6, &list(&annotations), &mut out);
    let binary_annotations: Vec<_> = sent.binary_annotations.iter().map(put_binary_annotation).collect();
    put(15, 8, &list(&binary_annotations), &mut out);
    put(2, 9, &[u8::from(sent.debug)], &mut out);
    for (number, time) in [(10, sent.timestamp), (11, sent.duration)] {
        if time != 0 {
            put(10, number, &time.to_be_bytes(), &mut out);
        }
    }
    if sent.trace_id >> 64 != 0 {
        put(10, 12, &((sent.trace_id >> 64) as i64).to_be_bytes(), &mut out);
    }
    out.push(0);
    out
}

fn put_annotation((time, value, endpoint): &(i64, String, Endpoint)) -> Vec<u8> {
    let mut out = Vec::new();
    put(10, 1, &time.to_be_bytes(), &mut out);
    put(11, 2, &counted(value.as_bytes()), &mut out);
    put_endpoint(3, endpoint, &mut out);
    out.push(0);
    out
}

fn put_binary_annotation((key, value, endpoint): &(String, Option<String>, Endpoint)) -> Vec<u8> {
    let mut out = Vec::new();
    put(11, 1, &counted(key.as_bytes()), &mut out);
    put(11, 2, &counted(value.as_deref().unwrap_or("\u{1}").as_bytes()), &mut out);
    put(8, 3, &(if value.is_some() { 6i32 } else { 0 }).to_be_bytes(), &mut out);
    put_endpoint(4, endpoint, &mut out);
    out.push(0);
    out
}

fn put_endpoint(number: i16, endpoint: &Endpoint, out: &mut Vec<u8>) {
    if endpoint.is_empty() {
        return;
    }
    let mut own = Vec::new();
    put(8, 1, &endpoint.ipv4.map_or(0, u32::from).to_be_bytes(), &mut own);
    put(6, 2, &endpoint.port.to_be_bytes(), &mut own);
    put(11, 3, &counted(endpoint.service.as_bytes()), &mut own);
    if let Some(address) = endpoint.ipv6 {
        put(11, 4, &counted(&address.octets()), &mut own);
    }
    own.push(0);
    put(12, number, &own, out);
}

fn list(structs: &[Vec<u8>]) -> Vec<u8> {
    [&[12][..], &(structs.len() as i32).to_be_bytes(), &structs.concat()].concat()
}

fn counted(bytes: &[u8]) -> Vec<u8> {
    [&(bytes.len() as i32).to_be_bytes(), bytes].concat()
}

fn put(kind: u8, number: i16, value: &[u8], out: &mut Vec<u8>) {
    out.push(kind);
    out.extend(number.to_be_bytes());
    out.extend_from_slice(value);
}
