//! What a request's headers say of its body.

use crate::inflate::Compression;
use crate::refusal::Refusal;
use axum::http::{HeaderMap, HeaderName, header};

/// The content type as sent, parameters included; `None` where there is none.
pub(super) fn content_type(headers: &HeaderMap) -> Option<&str> {
    text(headers, header::CONTENT_TYPE)
}

/// The content type without parameters; empty where there is none.
pub(super) fn media_type(headers: &HeaderMap) -> &str {
    content_type(headers).unwrap_or_default().split(';').next().unwrap_or_default().trim()
}

/// The length a body is said to have.
pub(super) fn declared_bytes(headers: &HeaderMap) -> Option<usize> {
    text(headers, header::CONTENT_LENGTH)?.parse().ok()
}

/// The compression of a body on Zipkin's paths. Zipkin looks for the word `gzip` anywhere in the header; what
/// it does not know it takes for plain, and so do senders that write a character set there.
pub(super) fn zipkin_compression(headers: &HeaderMap) -> Compression {
    let Some(name) = text(headers, header::CONTENT_ENCODING) else { return Compression::Plain };
    if name.to_ascii_lowercase().contains("gzip") {
        return Compression::Gzip;
    }
    Compression::named(name).unwrap_or(Compression::Plain)
}

/// The compression of a body on OTLP's path.
pub(super) fn otlp_compression(headers: &HeaderMap) -> Result<Compression, Refusal> {
    let Some(name) = text(headers, header::CONTENT_ENCODING) else { return Ok(Compression::Plain) };
    Compression::named(name).ok_or_else(|| {
        let known = Compression::NAMES;
        Refusal::Unsupported(format!("content encoding `{name}` is not read here; send one of {known}, or none"))
    })
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name).map(|value| value.to_str().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(name: &'static str) -> HeaderMap {
        [(header::CONTENT_ENCODING, name.parse().unwrap())].into_iter().collect()
    }

    #[test]
    fn zipkins_paths_take_what_they_do_not_know_for_plain() {
        for (name, expect) in [
            ("gzip", Compression::Gzip),
            ("x-gzip;q=1", Compression::Gzip),
            ("GZIP, identity", Compression::Gzip),
            ("zstd", Compression::Zstd),
            ("deflate", Compression::Deflate),
            ("utf-8", Compression::Plain),
        ] {
            assert_eq!(zipkin_compression(&encoded(name)), expect, "{name}");
        }
        assert_eq!(zipkin_compression(&HeaderMap::new()), Compression::Plain);
    }

    #[test]
    fn otlps_path_names_what_it_reads() {
        assert_eq!(otlp_compression(&encoded("zstd")), Ok(Compression::Zstd));
        assert_eq!(otlp_compression(&HeaderMap::new()), Ok(Compression::Plain));
        let refused = otlp_compression(&encoded("br")).unwrap_err().to_string();
        assert_eq!(refused, "content encoding `br` is not read here; send one of gzip, deflate, zstd, or none");
    }
}
