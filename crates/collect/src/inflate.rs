//! Compressed bodies with a bound on what comes out: a small body must not become a large one in memory.
//!
//! Allocators keep what a thread once used, so it is not enough to stop at the bound and give the memory back:
//! what comes out of a body that is large inside is counted before any of it is held.

use bytes::Bytes;
use flate2::read::{MultiGzDecoder, ZlibDecoder};
use std::io::{self, Read};

/// Largest body after inflation. Half again over the largest plain body, and small enough that a
/// thousand-to-one bomb stops at 16 MiB.
pub const INFLATED_BYTES_MAX: usize = 16 << 20;

/// What comes out of a body is held at once up to here: beyond what reporters send. A larger one is unpacked
/// twice, first to see how large it is.
const HELD_UNSEEN_BYTES_MAX: usize = 4 << 20;

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
    let malformed = |_| InflateError::Malformed(compression);
    let inflated = match compression {
        Compression::Plain => return Ok(body),
        Compression::Gzip => bounded(|| Ok(MultiGzDecoder::new(&body[..])), body.len()),
        Compression::Deflate => bounded(|| Ok(ZlibDecoder::new(&body[..])), body.len()),
        Compression::Zstd => bounded(|| zstd(&body), body.len()),
    };
    inflated.map_err(malformed)?.map(Bytes::from).ok_or(InflateError::TooLarge)
}

fn zstd(body: &[u8]) -> io::Result<impl Read> {
    let mut decoder = zstd::stream::read::Decoder::with_buffer(body)?;
    decoder.window_log_max(ZSTD_WINDOW_LOG_MAX)?;
    Ok(decoder)
}

/// Everything a decoder gives; `None` where it is too much.
fn bounded<R: Read>(decoder: impl Fn() -> io::Result<R>, n_bytes_packed: usize) -> io::Result<Option<Vec<u8>>> {
    // Spans inflate about five to nine times; a wrong guess costs one growth.
    let mut plain = Vec::with_capacity((n_bytes_packed * 6).min(HELD_UNSEEN_BYTES_MAX));
    let mut unpacking = decoder()?.take(HELD_UNSEEN_BYTES_MAX as u64);
    if unpacking.read_to_end(&mut plain)? < HELD_UNSEEN_BYTES_MAX {
        return Ok(Some(plain));
    }
    unpacking.set_limit((INFLATED_BYTES_MAX - HELD_UNSEEN_BYTES_MAX) as u64 + 1);
    let n_bytes = plain.len() + io::copy(&mut unpacking, &mut io::sink())? as usize;
    if n_bytes > INFLATED_BYTES_MAX {
        return Ok(None);
    }
    plain = Vec::with_capacity(n_bytes);
    decoder()?.read_to_end(&mut plain)?;
    Ok(Some(plain))
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
        let large: Vec<u8> = (0..HELD_UNSEEN_BYTES_MAX as u32 + 9).map(|nth| (nth / 7) as u8).collect();
        for compression in PACKED {
            assert!(inflate(compression, pack(compression, &large)).unwrap() == large, "{compression:?}");
            let held = &large[..HELD_UNSEEN_BYTES_MAX];
            assert!(inflate(compression, pack(compression, held)).unwrap() == held, "{compression:?}");
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
