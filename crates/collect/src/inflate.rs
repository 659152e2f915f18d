//! Gzip with a bound on what comes out: a small body must not become a large one in memory.

use flate2::read::MultiGzDecoder;
use std::io::Read;

/// Largest body after inflation. Half again over the largest plain body, and small enough that a
/// thousand-to-one bomb stops at 16 MiB.
pub const INFLATED_BYTES_MAX: usize = 16 << 20;

/// Why a body could not be inflated.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum InflateError {
    /// Not gzip, or cut short.
    Malformed,
    /// More than [`INFLATED_BYTES_MAX`] comes out.
    TooLarge,
}

/// Inflates a gzip body, several members included.
pub fn gunzip(body: &[u8]) -> Result<Vec<u8>, InflateError> {
    // Spans inflate about five to nine times; a wrong guess costs one growth.
    let mut plain = Vec::with_capacity((body.len() * 6).min(INFLATED_BYTES_MAX));
    MultiGzDecoder::new(body)
        .take(INFLATED_BYTES_MAX as u64 + 1)
        .read_to_end(&mut plain)
        .map_err(|_| InflateError::Malformed)?;
    if plain.len() > INFLATED_BYTES_MAX { Err(InflateError::TooLarge) } else { Ok(plain) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compression, write::GzEncoder};
    use std::io::Write;

    fn gzip(plain: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(plain).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn a_body_comes_out_as_it_went_in() {
        assert_eq!(gunzip(&gzip(b"[]")).unwrap(), b"[]");
        let exactly = vec![b' '; INFLATED_BYTES_MAX];
        assert_eq!(gunzip(&gzip(&exactly)).unwrap().len(), INFLATED_BYTES_MAX);
    }

    #[test]
    fn a_bomb_and_a_plain_body_are_told_apart() {
        assert_eq!(gunzip(&gzip(&vec![0; INFLATED_BYTES_MAX + 1])), Err(InflateError::TooLarge));
        assert_eq!(gunzip(b"[{\"traceId\":\"1\"}]"), Err(InflateError::Malformed));
        let whole = gzip(b"[1,2,3]");
        assert_eq!(gunzip(&whole[..whole.len() - 4]), Err(InflateError::Malformed));
    }
}
