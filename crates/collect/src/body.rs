//! Reading a message's bytes within its limits: of size, of patience, and of what is in flight.

use crate::admit::InFlight;
use crate::refusal::Refusal;
use axum::body::HttpBody;
use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt;
use std::fmt::Display;
use std::time::Duration;
use tokio::time::{Instant, timeout, timeout_at};

/// Largest message on the wire: Zipkin's own limit, so that whatever its clients send fits.
pub const BODY_BYTES_MAX: usize = 10 << 20;

/// How often a body is looked at while it comes in slowly.
pub const BODY_WINDOW: Duration = Duration::from_secs(10);

/// Least bytes that must have come by then: a modem's rate, 3 kB/s, so that the largest body holds what
/// it has of the bytes in flight for an hour at most, and a usual one for seconds.
pub const BODY_WINDOW_BYTES_MIN: usize = 32 << 10;

/// First guess of a body's size: most reporters stay below it, and who declares more has to send it first.
const BODY_BYTES_GUESS: usize = 64 << 10;

/// Bytes of a refused body that are still read, and dropped: a sender that is cut off in the middle of
/// its body sees a broken connection instead of the answer that tells it why.
const DRAINED_BYTES_MAX: usize = 64 << 20;

/// How long that may take.
const DRAIN_MAX: Duration = Duration::from_secs(5);

/// The chunks of a body, none of which is waited for without end.
pub(crate) struct Chunks<B> {
    body: B,
    /// When the rate is looked at next.
    look_at: Instant,
    /// Bytes that came since it was looked at last.
    n_bytes: usize,
    /// Whether a chunk was asked for.
    is_begun: bool,
}

impl<B: HttpBody<Data = Bytes, Error: Display> + Unpin> Chunks<B> {
    pub fn of(body: B) -> Chunks<B> {
        Chunks { body, look_at: Instant::now() + BODY_WINDOW, n_bytes: 0, is_begun: false }
    }

    /// The next chunk; `None` after the last.
    pub async fn next(&mut self) -> Result<Option<Bytes>, Refusal> {
        self.is_begun = true;
        loop {
            match timeout_at(self.look_at, self.body.frame()).await {
                Ok(None) => return Ok(None),
                Ok(Some(Err(error))) => return Err(Refusal::Malformed(format!("the body broke off: {error}"))),
                Ok(Some(Ok(frame))) => {
                    let Ok(chunk) = frame.into_data() else { continue };
                    self.n_bytes += chunk.len();
                    return Ok(Some(chunk));
                }
                Err(_) if self.n_bytes < BODY_WINDOW_BYTES_MIN => return Err(Refusal::TooSlow),
                Err(_) => (self.look_at, self.n_bytes) = (self.look_at + BODY_WINDOW, 0),
            }
        }
    }

    /// Reads what is left of a refused body. A sender that waits to be told whether to send its body
    /// (`Expect: 100-continue`) is told by the answer, unless its body was begun.
    pub async fn drain(mut self, sender_waits: bool) {
        if sender_waits && !self.is_begun {
            return;
        }
        let drained = async {
            let mut n_bytes = 0;
            while let Some(Ok(frame)) = self.body.frame().await {
                n_bytes += frame.data_ref().map_or(0, Bytes::len);
                if n_bytes > DRAINED_BYTES_MAX {
                    return;
                }
            }
        };
        // Cut off or not: there is nothing more to do for it.
        let _ = timeout(DRAIN_MAX, drained).await;
    }
}

/// A body as its chunks come in. Most have one, which is the body and is not copied.
#[derive(Default)]
pub(crate) struct Gathered {
    /// The first chunk, while it is the only one.
    only: Bytes,
    joined: BytesMut,
}

impl Gathered {
    pub fn len(&self) -> usize {
        self.only.len() + self.joined.len()
    }

    /// What has come so far.
    pub fn so_far(&self) -> &[u8] {
        if self.joined.is_empty() { &self.only } else { &self.joined }
    }

    /// Adds a chunk, whose bytes are taken from what may be in flight. `n_bytes_expected` is how long
    /// the whole is said to be.
    pub fn add(&mut self, chunk: Bytes, n_bytes_expected: usize, share: &mut InFlight) -> Result<(), Refusal> {
        if !share.grow(chunk.len()) {
            return Err(Refusal::Overloaded("too many bytes are in flight; send the same spans again".into()));
        }
        if self.len() == 0 {
            self.only = chunk;
            return Ok(());
        }
        if self.joined.is_empty() {
            self.joined.reserve(n_bytes_expected.min(BODY_BYTES_GUESS).max(self.only.len() + chunk.len()));
            self.joined.extend_from_slice(&std::mem::take(&mut self.only));
        }
        self.joined.extend_from_slice(&chunk);
        Ok(())
    }

    pub fn into_bytes(self) -> Bytes {
        if self.joined.is_empty() { self.only } else { self.joined.freeze() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Admission;
    use axum::body::Body;
    use tokio_stream::StreamExt;

    #[test]
    fn chunks_add_up_and_a_single_one_is_not_copied() {
        let mut share = Admission::new(1000).enter();
        let chunk = Bytes::from(vec![b'x'; 100]);
        let mut one = Gathered::default();
        one.add(chunk.clone(), 100, &mut share).unwrap();
        assert_eq!(one.into_bytes().as_ptr(), chunk.as_ptr());
        let mut three = Gathered::default();
        for chunk in ["ab", "cde", "", "fg"] {
            three.add(Bytes::from_static(chunk.as_bytes()), 7, &mut share).unwrap();
        }
        assert_eq!((three.len(), three.so_far()), (7, &b"abcdefg"[..]));
        assert_eq!(three.into_bytes(), "abcdefg");
        assert_eq!(Gathered::default().into_bytes(), "");
    }

    #[test]
    fn only_bytes_that_came_are_in_flight() {
        let admission = Admission::new(150);
        let mut share = admission.enter();
        let mut body = Gathered::default();
        let chunk = Bytes::from(vec![b'x'; 100]);
        body.add(chunk.clone(), BODY_BYTES_MAX, &mut share).unwrap();
        assert_eq!(admission.bytes_held(), 100);
        assert!(matches!(body.add(chunk, BODY_BYTES_MAX, &mut share), Err(Refusal::Overloaded(_))));
        assert_eq!(admission.bytes_held(), 100);
    }

    /// Reads a body of which `chunk_bytes` come every `pause`; how it ended, and after how long.
    fn read_slowly(chunk_bytes: usize, pause: Duration) -> (Result<usize, Refusal>, Duration) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
        runtime.block_on(async {
            let chunks = tokio_stream::iter(vec![chunk_bytes; 8]).throttle(pause);
            let body = Body::from_stream(chunks.map(|n_bytes| Ok::<_, std::io::Error>(vec![b'x'; n_bytes])));
            let (start, mut n_bytes, mut chunks) = (Instant::now(), 0, Chunks::of(body));
            let outcome = loop {
                match chunks.next().await {
                    Ok(Some(chunk)) => n_bytes += chunk.len(),
                    Ok(None) => break Ok(n_bytes),
                    Err(refusal) => break Err(refusal),
                }
            };
            (outcome, start.elapsed())
        })
    }

    #[test]
    fn a_body_may_take_its_time_but_must_not_trickle() {
        let (read, took) = read_slowly(BODY_WINDOW_BYTES_MIN, Duration::from_secs(9));
        assert_eq!(read, Ok(8 * BODY_WINDOW_BYTES_MIN));
        assert!(took > 6 * BODY_WINDOW, "{took:?}");
        let (trickled, took) = read_slowly(1000, Duration::from_secs(4));
        assert_eq!((trickled, took), (Err(Refusal::TooSlow), BODY_WINDOW));
    }
}
