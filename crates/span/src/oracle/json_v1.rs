//! Zipkin's JSON of version 1 through `serde_json`. No opinion where [`super::json_v2`] has none.

use super::json::{Json, endpoint, read};
use super::v1::{Sent, convert};
use crate::Span;

/// The spans of a list; what follows the list is not looked at.
pub fn spans(body: &[u8]) -> Option<Vec<Span>> {
    let sent: Option<Vec<Sent>> = read(body)?.list()?.iter().map(sent).collect();
    let spans: Option<Vec<Vec<Span>>> = sent?.iter().map(convert).collect();
    Some(spans?.concat())
}

fn sent(json: &Json) -> Option<Sent> {
    let mut sent = Sent::default();
    for (name, value) in json.object()? {
        match (name.as_str(), value) {
            ("traceId", _) => sent.trace_id = trace_id(&value.text()?)?,
            ("id", _) => sent.id = low_half(&value.text()?)?,
            // Absent, and takes nothing back.
            (_, Json::Null) => {}
            ("parentId", _) => sent.parent_id = low_half(&value.text()?)?,
            ("name", _) => sent.name = value.text()?,
            ("timestamp", _) => sent.timestamp = value.whole()?,
            ("duration", _) => sent.duration = value.whole()?,
            ("annotations", _) => {
                for value in value.list()? {
                    sent.annotations.push(annotation(value)?);
                }
            }
            ("binaryAnnotations", _) => {
                for value in value.list()? {
                    binary_annotation(value, &mut sent)?;
                }
            }
            ("debug", _) => sent.debug |= value.truth()?,
            _ => {}
        }
    }
    Some(sent)
}

fn trace_id(text: &str) -> Option<u128> {
    let low = low_half(text)?;
    if text.len() == 32 { Some(u128::from(low_half(&text[..16])?) << 64 | u128::from(low)) } else { Some(low.into()) }
}

/// Up to 32 characters, of which the last sixteen count. Those that are not ASCII are left to tests.
fn low_half(text: &str) -> Option<u64> {
    if !text.is_ascii() || text.is_empty() || text.len() > 32 {
        return None;
    }
    let low = &text[text.len().saturating_sub(16)..];
    let is_hex = low.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    if is_hex { u64::from_str_radix(low, 16).ok() } else { None }
}

fn annotation(json: &Json) -> Option<(i64, String, crate::Endpoint)> {
    let (mut time, mut text, mut own) = (None, None, Default::default());
    for (name, value) in json.object()? {
        match (name.as_str(), value) {
            ("timestamp", _) => time = Some(value.whole()?),
            ("value", _) => text = Some(value.text()?),
            ("endpoint", Json::Null) => {}
            ("endpoint", _) => own = endpoint(value)?,
            _ => {}
        }
    }
    Some((time?, text?, own))
}

fn binary_annotation(json: &Json, sent: &mut Sent) -> Option<()> {
    let (mut key, mut text, mut is_true, mut own) = (None, None, false, crate::Endpoint::default());
    for (name, value) in json.object()? {
        match (name.as_str(), value) {
            (_, Json::Null) => {}
            ("key", _) => key = Some(value.text()?),
            ("value", Json::Text(value)) => text = Some(value.clone()),
            ("value", Json::Bool(truth)) => is_true = *truth,
            ("endpoint", _) => own = endpoint(value)?,
            _ => {}
        }
    }
    let key = key?;
    let is_address = ["ca", "sa", "ma"].contains(&key.as_str()) && is_true && !own.is_empty();
    if text.is_some() || is_address {
        sent.binary_annotations.push((key, text, own));
    }
    Some(())
}
