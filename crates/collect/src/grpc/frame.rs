//! The one message of a unary call's request, with its five bytes before it: a flag and the length.

use crate::admit::InFlight;
use crate::body::{BODY_BYTES_MAX, Chunks, Gathered};
use crate::refusal::Refusal;
use axum::body::HttpBody;
use bytes::Bytes;
use std::fmt::Display;

/// Bytes before a message.
pub(super) const PREFIX_BYTES: usize = 5;

/// A message as it came.
pub(super) struct Framed {
    /// Whether it is compressed.
    pub is_packed: bool,
    /// The message without its prefix.
    pub bytes: Bytes,
    /// What it takes of the bytes in flight.
    pub share: InFlight,
}

/// Reads a request's message.
pub(super) async fn read<B: HttpBody<Data = Bytes, Error: Display> + Unpin>(
    chunks: &mut Chunks<B>,
    mut share: InFlight,
) -> Result<Framed, Refusal> {
    let mut whole = Gathered::default();
    let mut n_bytes_expected = 0;
    while let Some(chunk) = chunks.next().await? {
        whole.add(chunk, n_bytes_expected, &mut share)?;
        if let Some((_, n_bytes)) = prefix(whole.so_far())? {
            n_bytes_expected = PREFIX_BYTES + n_bytes;
            if whole.len() > n_bytes_expected {
                return Err(Refusal::Malformed("bytes follow the message; a call has one".into()));
            }
        }
    }
    match prefix(whole.so_far())? {
        Some((is_packed, n_bytes)) if whole.len() == PREFIX_BYTES + n_bytes => {
            Ok(Framed { is_packed, bytes: whole.into_bytes().split_off(PREFIX_BYTES), share })
        }
        Some((_, n_bytes)) => {
            let came = whole.len() - PREFIX_BYTES;
            Err(Refusal::Malformed(format!("the call ended after {came} of the message's {n_bytes} bytes")))
        }
        None => Err(Refusal::Malformed("the call ended without a message".into())),
    }
}

/// The flag and the length, once they are there.
fn prefix(so_far: &[u8]) -> Result<Option<(bool, usize)>, Refusal> {
    let Some((&[flag, a, b, c, d], _)) = so_far.split_first_chunk::<PREFIX_BYTES>() else { return Ok(None) };
    let n_bytes = u32::from_be_bytes([a, b, c, d]) as usize;
    if flag > 1 {
        return Err(Refusal::Malformed(format!("the message begins with {flag}, which is no flag of gRPC's")));
    }
    if n_bytes > BODY_BYTES_MAX {
        return Err(Refusal::TooLarge { limit_bytes: BODY_BYTES_MAX, inflated: false });
    }
    Ok(Some((flag == 1, n_bytes)))
}
