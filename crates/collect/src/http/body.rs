//! Reading a request's body within its limits, counted against what is in flight.

use crate::admit::InFlight;
use crate::collector::{Collector, Refusal};
use axum::body::Body;
use axum::http::{HeaderMap, header};
use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt;

/// Largest body on the wire: Zipkin's own limit, so that whatever its clients send fits.
pub const BODY_BYTES_MAX: usize = 10 << 20;

/// Bytes of a refused body that are still read, and dropped: a sender that is cut off in the middle of
/// its body sees a broken connection instead of the answer that tells it why.
const DRAINED_BYTES_MAX: usize = 64 << 20;

/// The media type of protobuf, as OTLP and Zipkin name it.
pub const PROTOBUF: &str = "application/x-protobuf";

/// First guess of a chunked body's size; most reporters stay below it.
const CHUNKED_BYTES_GUESS: usize = 64 << 10;

/// Reads a whole body; a refusal is noted. The share of bytes in flight must be kept until the request is answered.
pub async fn read(collector: &Collector, headers: &HeaderMap, mut body: Body) -> Result<(Bytes, InFlight), Refusal> {
    let outcome = read_whole(collector, headers, &mut body).await;
    if let Err(refusal) = &outcome {
        collector.note(refusal);
        drain(&mut body).await;
    }
    outcome
}

async fn read_whole(collector: &Collector, headers: &HeaderMap, body: &mut Body) -> Result<(Bytes, InFlight), Refusal> {
    let declared = declared_bytes(headers);
    if declared.is_some_and(|bytes| bytes > BODY_BYTES_MAX) {
        return Err(Refusal::TooLarge { limit_bytes: BODY_BYTES_MAX, inflated: false });
    }
    let mut share = collector.admission.enter();
    let mut reserved = declared.unwrap_or(0);
    take(&mut share, reserved)?;
    let mut whole = Gathered { guess: declared.unwrap_or(CHUNKED_BYTES_GUESS), ..Gathered::default() };
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| Refusal::Malformed(format!("the body broke off: {error}")))?;
        let Ok(chunk) = frame.into_data() else { continue };
        if whole.len() + chunk.len() > BODY_BYTES_MAX {
            return Err(Refusal::TooLarge { limit_bytes: BODY_BYTES_MAX, inflated: false });
        }
        let beyond = (whole.len() + chunk.len()).saturating_sub(reserved);
        take(&mut share, beyond)?;
        reserved += beyond;
        whole.add(chunk);
    }
    Ok((whole.into_bytes(), share))
}

/// A body as its chunks come in. Most have one, which is the body and is not copied.
#[derive(Default)]
struct Gathered {
    /// The first chunk, while it is the only one.
    only: Bytes,
    joined: BytesMut,
    /// How long the body will be, about.
    guess: usize,
}

impl Gathered {
    fn len(&self) -> usize {
        self.only.len() + self.joined.len()
    }

    fn add(&mut self, chunk: Bytes) {
        if self.len() == 0 {
            self.only = chunk;
            return;
        }
        if self.joined.is_empty() {
            self.joined.reserve(self.guess.max(self.only.len() + chunk.len()));
            self.joined.extend_from_slice(&std::mem::take(&mut self.only));
        }
        self.joined.extend_from_slice(&chunk);
    }

    fn into_bytes(self) -> Bytes {
        if self.joined.is_empty() { self.only } else { self.joined.freeze() }
    }
}

async fn drain(body: &mut Body) {
    let mut n_bytes = 0;
    while let Some(Ok(frame)) = body.frame().await {
        n_bytes += frame.data_ref().map_or(0, Bytes::len);
        if n_bytes > DRAINED_BYTES_MAX {
            return;
        }
    }
}

/// Whether the body says it is gzip; Zipkin looks for the word anywhere in the header.
pub fn is_gzip(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_ENCODING).is_some_and(|value| contains(value.as_bytes(), b"gzip"))
}

/// What the body says it is; empty where it says nothing.
pub fn media_type(headers: &HeaderMap) -> &str {
    headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// Whether the body says it is protobuf, under its usual name or the one that was registered later.
pub fn is_protobuf(headers: &HeaderMap) -> bool {
    let essence = media_type(headers).split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case(PROTOBUF) || essence.eq_ignore_ascii_case("application/protobuf")
}

fn declared_bytes(headers: &HeaderMap) -> Option<usize> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

fn take(share: &mut InFlight, bytes: usize) -> Result<(), Refusal> {
    if share.grow(bytes) {
        return Ok(());
    }
    Err(Refusal::Overloaded("too many bytes are in flight; send the same spans again".into()))
}

fn contains(text: &[u8], word: &[u8]) -> bool {
    text.windows(word.len()).any(|part| part.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_add_up_and_a_single_one_is_not_copied() {
        let chunk = Bytes::from(vec![b'x'; 100]);
        let mut one = Gathered::default();
        one.add(chunk.clone());
        one.add(Bytes::new());
        assert_eq!(one.len(), 100);
        assert_eq!(one.into_bytes(), chunk);
        let mut one = Gathered::default();
        one.add(chunk.clone());
        assert_eq!(one.into_bytes().as_ptr(), chunk.as_ptr());
        let mut three = Gathered { guess: 7, ..Gathered::default() };
        [&b"ab"[..], b"cde", b"fg"].into_iter().for_each(|chunk| three.add(Bytes::from_static(chunk)));
        assert_eq!(three.len(), 7);
        assert_eq!(three.into_bytes(), "abcdefg");
        assert_eq!(Gathered::default().into_bytes(), "");
    }
}
