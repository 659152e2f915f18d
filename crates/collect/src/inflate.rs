//! Compressed bodies with a bound on what comes out: a small body must not become a large one in memory.

use bytes::Bytes;
use flate2::read::{MultiGzDecoder, ZlibDecoder};
use std::io::Read;

/// Largest body after inflation. Half again over the largest plain body, and small enough that a
/// thousand-to-one bomb stops at 16 MiB.
pub const INFLATED_BYTES_MAX: usize = 16 << 20;

/// Largest window of a zstd body, as a power of two: 8 MiB, the most that HTTP allows its senders (RFC 9659).
/// The decoder holds as much of what came out, whatever the size of the body.
const ZSTD_WINDOW_LOG_MAX: u32 = 23;

/// How a body is compressed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Compression {
    /// Not at all.
    Plain,
    /// Gzip, in one member or several.
    Gzip,
    /// What HTTP and gRPC call deflate: zlib's format.
    Deflate,
    /// Zstandard.
    Zstd,
}

impl Compression {
    /// The names of those that compress.
    pub const NAMES: &str = "gzip, deflate, zstd";

    /// By its name in `Content-Encoding` and `grpc-encoding`.
    pub fn named(name: &str) -> Option<Compression> {
        let is = |known: &str| name.trim().eq_ignore_ascii_case(known);
        match () {
            () if is("") || is("identity") => Some(Compression::Plain),
            () if is("gzip") || is("x-gzip") => Some(Compression::Gzip),
            () if is("deflate") => Some(Compression::Deflate),
            () if is("zstd") => Some(Compression::Zstd),
            () => None,
        }
    }
}

/// Why a body could not be inflated.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum InflateError {
    /// Not what it claims to be, or cut short.
    Malformed(Compression),
    /// More than [`INFLATED_BYTES_MAX`] comes out.
    TooLarge,
}

/// Inflates a body. An empty one is empty, however it is said to be compressed.
pub fn inflate(compression: Compression, body: Bytes) -> Result<Bytes, InflateError> {
    if body.is_empty() {
        return Ok(body);
    }
    let inflated = match compression {
        Compression::Plain => return Ok(body),
        Compression::Gzip => bounded(MultiGzDecoder::new(&body[..]), body.len()),
        Compression::Deflate => bounded(ZlibDecoder::new(&body[..]), body.len()),
        Compression::Zstd => zstd(&body).and_then(|decoder| bounded(decoder, body.len())),
    };
    let plain = inflated.map_err(|_| InflateError::Malformed(compression))?;
    if plain.len() > INFLATED_BYTES_MAX { Err(InflateError::TooLarge) } else { Ok(plain.into()) }
}

fn zstd(body: &[u8]) -> std::io::Result<impl Read> {
    let mut decoder = zstd::stream::read::Decoder::with_buffer(body)?;
    decoder.window_log_max(ZSTD_WINDOW_LOG_MAX)?;
    Ok(decoder)
}

/// Everything a decoder gives, or a byte more than may be.
fn bounded(decoder: impl Read, n_bytes_packed: usize) -> std::io::Result<Vec<u8>> {
    // Spans inflate about five to nine times; a wrong guess costs one growth.
    let mut plain = Vec::with_capacity((n_bytes_packed * 6).min(INFLATED_BYTES_MAX));
    decoder.take(INFLATED_BYTES_MAX as u64 + 1).read_to_end(&mut plain)?;
    Ok(plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::write::{GzEncoder, ZlibEncoder};
    use std::io::Write;

    const PACKED: [Compression; 3] = [Compression::Gzip, Compression::Deflate, Compression::Zstd];

    fn pack(compression: Compression, plain: &[u8]) -> Bytes {
        match compression {
            Compression::Plain => plain.to_vec(),
            Compression::Gzip => {
                let mut encoder = GzEncoder::new(Vec::new(), flate2::Compression::fast());
                encoder.write_all(plain).unwrap();
                encoder.finish().unwrap()
            }
            Compression::Deflate => {
                let mut encoder = ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
                encoder.write_all(plain).unwrap();
                encoder.finish().unwrap()
            }
            Compression::Zstd => zstd::encode_all(plain, 1).unwrap(),
        }
        .into()
    }

    #[test]
    fn a_body_comes_out_as_it_went_in() {
        let exactly = vec![b' '; INFLATED_BYTES_MAX];
        for compression in PACKED {
            assert_eq!(inflate(compression, pack(compression, b"[]")).unwrap(), "[]", "{compression:?}");
            assert_eq!(inflate(compression, pack(compression, &exactly)).unwrap().len(), INFLATED_BYTES_MAX);
            assert_eq!(inflate(compression, Bytes::new()).unwrap(), "");
        }
        let plain = Bytes::from_static(b"[1,2,3]");
        assert_eq!(inflate(Compression::Plain, plain.clone()).unwrap().as_ptr(), plain.as_ptr());
    }

    #[test]
    fn a_bomb_and_what_is_not_compressed_are_told_apart() {
        for compression in PACKED {
            let bomb = pack(compression, &vec![0; INFLATED_BYTES_MAX + 1]);
            assert_eq!(inflate(compression, bomb), Err(InflateError::TooLarge), "{compression:?}");
            let malformed = Err(InflateError::Malformed(compression));
            assert_eq!(inflate(compression, Bytes::from_static(b"[{\"traceId\":\"1\"}]")), malformed);
            let whole = pack(compression, b"[1,2,3]");
            assert_eq!(inflate(compression, whole.slice(..whole.len() - 4)), malformed);
        }
    }

    #[test]
    fn a_zstd_window_beyond_what_http_allows_is_refused() {
        let windowed = |log: u32| {
            let mut encoder = zstd::stream::write::Encoder::new(Vec::new(), 1).unwrap();
            encoder.window_log(log).unwrap();
            encoder.write_all(&vec![b'x'; 9 << 20]).unwrap();
            Bytes::from(encoder.finish().unwrap())
        };
        assert_eq!(inflate(Compression::Zstd, windowed(23)).unwrap().len(), 9 << 20);
        assert_eq!(inflate(Compression::Zstd, windowed(24)), Err(InflateError::Malformed(Compression::Zstd)));
    }

    #[test]
    fn names_are_those_of_http() {
        for (name, expect) in [
            ("", Some(Compression::Plain)),
            ("identity", Some(Compression::Plain)),
            (" GZip ", Some(Compression::Gzip)),
            ("deflate", Some(Compression::Deflate)),
            ("zstd", Some(Compression::Zstd)),
            ("br", None),
            ("gzip, zstd", None),
        ] {
            assert_eq!(Compression::named(name), expect, "{name}");
        }
        for name in Compression::NAMES.split(", ") {
            assert!(PACKED.contains(&Compression::named(name).unwrap()), "{name}");
        }
    }
}
