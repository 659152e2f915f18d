//! A message that comes as the body of a request.

use super::headers;
use crate::admit::InFlight;
use crate::body::{BODY_BYTES_MAX, Chunks, Gathered};
use crate::collector::{Accepted, Collector, Message};
use crate::metrics::Transport;
use crate::refusal::Refusal;
use axum::body::HttpBody;
use axum::http::{HeaderMap, header};
use bytes::Bytes;
use std::fmt::Display;

/// Reads a body and hands it to the collector. `described` is what the headers say of it.
pub(super) async fn receive<B: HttpBody<Data = Bytes, Error: Display> + Unpin>(
    collector: &Collector,
    transport: Transport,
    described: Result<Message, Refusal>,
    headers: &HeaderMap,
    body: B,
) -> Result<Accepted, Refusal> {
    let mut chunks = Chunks::of(body);
    let read = match described {
        Ok(message) => read(collector, headers, &mut chunks).await.map(|read| (message, read)),
        Err(refusal) => Err(refusal),
    };
    match read {
        // The share of the bytes in flight is held until the message is durable.
        Ok((message, (body, _share))) => collector.accept(message, body).await,
        Err(refusal) => {
            collector.turn_away(transport, &refusal);
            chunks.drain(headers.contains_key(header::EXPECT)).await;
            Err(refusal)
        }
    }
}

async fn read<B: HttpBody<Data = Bytes, Error: Display> + Unpin>(
    collector: &Collector,
    headers: &HeaderMap,
    chunks: &mut Chunks<B>,
) -> Result<(Bytes, InFlight), Refusal> {
    let too_large = || Refusal::TooLarge { limit_bytes: BODY_BYTES_MAX, inflated: false };
    let declared = headers::declared_bytes(headers);
    if declared.is_some_and(|n_bytes| n_bytes > BODY_BYTES_MAX) {
        return Err(too_large());
    }
    let mut share = collector.admission.enter();
    let mut whole = Gathered::default();
    while let Some(chunk) = chunks.next().await? {
        if whole.len() + chunk.len() > BODY_BYTES_MAX {
            return Err(too_large());
        }
        whole.add(chunk, declared.unwrap_or(BODY_BYTES_MAX), &mut share)?;
    }
    Ok((whole.into_bytes(), share))
}
