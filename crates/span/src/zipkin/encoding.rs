//! Zipkin's encodings: by path and content type, and the first look at a body that tells them apart.

use memchr::memmem;
use std::fmt;
use thiserror::Error;

/// What ends the name of a v1 span's `binaryAnnotations`: no v2 span has it.
const V1_MARK: &[u8] = b"yAnnotations\"";
/// What ends the names of a v2 span's endpoints.
const V2_ENDPOINT_MARK: &[u8] = b"Endpoint\"";
/// The name of a v2 span's tags.
const V2_TAGS_MARK: &[u8] = b"\"tags\"";

/// How a list of Zipkin spans is encoded.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Encoding {
    /// JSON, version 1.
    JsonV1,
    /// JSON, version 2.
    JsonV2,
    /// Protobuf, `ListOfSpans`.
    Proto3,
    /// Thrift's binary protocol, version 1.
    Thrift,
}

/// Which of Zipkin's paths for spans a body was sent to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Version {
    /// `/api/v1/spans`.
    V1,
    /// `/api/v2/spans`.
    V2,
}

impl Encoding {
    /// What a path and a content type stand for. Each path has one type beside JSON; any other one, and none
    /// at all, stands for JSON.
    pub fn of(version: Version, content_type: Option<&str>) -> Encoding {
        let media_type = content_type.unwrap_or_default().split(';').next().unwrap_or_default().trim();
        let is = |name: &str| media_type.eq_ignore_ascii_case(name);
        match version {
            Version::V1 if is("application/x-thrift") => Encoding::Thrift,
            Version::V1 => Encoding::JsonV1,
            // The second is the name that was registered later.
            Version::V2 if is("application/x-protobuf") || is("application/protobuf") => Encoding::Proto3,
            Version::V2 => Encoding::JsonV2,
        }
    }
}

/// Zipkin's names of them.
impl fmt::Display for Encoding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Encoding::JsonV1 => "JSON_V1",
            Encoding::JsonV2 => "JSON_V2",
            Encoding::Proto3 => "PROTO3",
            Encoding::Thrift => "THRIFT",
        })
    }
}

/// What a first look at a body says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sniffed {
    /// No spans: an empty body or the two bytes `[]`, which senders use to see whether anyone
    /// answers. Zipkin takes either under every content type.
    Nothing,
    /// A list, to be decoded.
    List,
}

/// The body cannot be a list in the encoding expected. Its display is Zipkin's answer, line feed included.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
pub struct NotExpected {
    /// The encoding of the path and content type it was sent to.
    pub expected: Encoding,
    /// What it is instead, where that is known.
    pub received: Option<Encoding>,
}

impl fmt::Display for NotExpected {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Expected a {} encoded list", self.expected)?;
        if let Some(received) = self.received {
            write!(out, ", but received: {received}")?;
        }
        out.write_str("\n")
    }
}

/// The checks Zipkin's collector makes before it decodes: the first byte, then the marks of the other
/// JSON version. Beyond them, JSON sent as something else and protobuf sent as JSON are named: a content
/// type that is forgotten is the usual mistake. Other lists are left to their decoder.
pub fn sniff(body: &[u8], expected: Encoding) -> Result<Sniffed, NotExpected> {
    if body.is_empty() || body == b"[]" {
        return Ok(Sniffed::Nothing);
    }
    if !starts_like_a_list(body) {
        return Err(NotExpected { expected, received: None });
    }
    match other_than(expected, body) {
        None => Ok(Sniffed::List),
        received => Err(NotExpected { expected, received }),
    }
}

/// What a body without a path and a content type is, as in a queue.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Detected {
    /// How it is encoded.
    pub encoding: Encoding,
    /// Whether it is one span without a list around it, which old senders of version 1 wrote.
    pub is_one: bool,
}

/// Finds out what a body is, by Zipkin's rules for queues; `None` where it is nothing known. A list in JSON
/// that could be of either version is read as one of version 1, in which it says the same.
pub fn detect(body: &[u8]) -> Option<Detected> {
    let is_v2 = || contains(body, V2_ENDPOINT_MARK) || contains(body, V2_TAGS_MARK);
    let (encoding, is_one) = match body {
        [b'[', ..] if is_v2() => (Encoding::JsonV2, false),
        [b'[', ..] => (Encoding::JsonV1, false),
        // One span of version 2 never stood alone.
        [b'{', ..] if !is_v2() => (Encoding::JsonV1, true),
        [10, length, ..] if *length != 0 => (Encoding::Proto3, false),
        // A list with the wrong type of one old sender; its length follows. No field has the number 0.
        [11, 0, 0, ..] | [12, ..] => (Encoding::Thrift, false),
        // The type of a struct's field, whose number follows.
        [0..=16, _, ..] => (Encoding::Thrift, true),
        _ => return None,
    };
    Some(Detected { encoding, is_one })
}

/// The encoding of a list that is certainly not the one expected.
fn other_than(expected: Encoding, body: &[u8]) -> Option<Encoding> {
    let is_json = body[0] == b'[';
    match expected {
        Encoding::JsonV1 | Encoding::JsonV2 if starts_like_proto3(body) => Some(Encoding::Proto3),
        Encoding::JsonV2 => contains(body, V1_MARK).then_some(Encoding::JsonV1),
        Encoding::JsonV1 => {
            (contains(body, V2_ENDPOINT_MARK) || contains(body, V2_TAGS_MARK)).then_some(Encoding::JsonV2)
        }
        Encoding::Proto3 | Encoding::Thrift if is_json && contains(body, V1_MARK) => Some(Encoding::JsonV1),
        Encoding::Proto3 | Encoding::Thrift => is_json.then_some(Encoding::JsonV2),
    }
}

/// A span of up to 16 kB that begins with its trace id of 8 or 16 bytes, as every known sender writes it.
/// No JSON text begins so: its first byte could be a line feed, but 8 and 16 stand nowhere outside strings.
fn starts_like_proto3(body: &[u8]) -> bool {
    matches!(body, [10, ..0x80, 10, 8 | 16, ..] | [10, 0x80..=0xff, ..0x80, 10, 8 | 16, ..])
}

/// `[` of JSON; 12 of a thrift list of structs, and 11, which one old sender writes; 10 of a proto3
/// list, whose length follows and is never zero. A JSON list after a line feed passes as proto3.
fn starts_like_a_list(body: &[u8]) -> bool {
    match body {
        [b'[' | 11 | 12, ..] => true,
        [10, length, ..] => *length != 0,
        _ => false,
    }
}

fn contains(body: &[u8], mark: &[u8]) -> bool {
    memmem::find(body, mark).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(body: &[u8], expected: Encoding, expect: Result<Sniffed, &str>) {
        let answer = sniff(body, expected).map_err(|error| error.to_string());
        assert_eq!(answer, expect.map_err(str::to_owned), "of {:?}", String::from_utf8_lossy(body));
    }

    #[test]
    fn an_empty_body_and_an_empty_list_are_nothing_under_every_encoding() {
        for encoding in [Encoding::JsonV1, Encoding::JsonV2, Encoding::Proto3, Encoding::Thrift] {
            check(b"", encoding, Ok(Sniffed::Nothing));
            check(b"[]", encoding, Ok(Sniffed::Nothing));
        }
    }

    #[test]
    fn the_first_byte_says_whether_it_can_be_a_list() {
        check(b"[ ]", Encoding::JsonV2, Ok(Sniffed::List));
        check(b"\n[]", Encoding::JsonV2, Ok(Sniffed::List));
        check(&[10, 1, 0], Encoding::Proto3, Ok(Sniffed::List));
        check(&[12, 0, 0, 0, 0], Encoding::Thrift, Ok(Sniffed::List));
        check(&[11, 0, 0, 0, 0], Encoding::Thrift, Ok(Sniffed::List));
        for body in [&b"hello"[..], b" []", b"{}", b"\xef\xbb\xbf[]", &[10], &[10, 0], &[0x80], &[0]] {
            check(body, Encoding::JsonV2, Err("Expected a JSON_V2 encoded list\n"));
        }
        check(b"hello", Encoding::JsonV1, Err("Expected a JSON_V1 encoded list\n"));
        check(b"hello", Encoding::Proto3, Err("Expected a PROTO3 encoded list\n"));
        check(b"hello", Encoding::Thrift, Err("Expected a THRIFT encoded list\n"));
    }

    #[test]
    fn json_sent_as_protobuf_and_protobuf_sent_as_json_are_named() {
        for body in [&[10, 30, 10, 8, 1][..], &[10, 30, 10, 16, 1], &[10, 0xb6, 2, 10, 16, 1]] {
            check(body, Encoding::JsonV2, Err("Expected a JSON_V2 encoded list, but received: PROTO3\n"));
            check(body, Encoding::JsonV1, Err("Expected a JSON_V1 encoded list, but received: PROTO3\n"));
            check(body, Encoding::Proto3, Ok(Sniffed::List));
        }
        let v1 = br#"[{"binaryAnnotations":[]}]"#;
        for expected in [Encoding::Proto3, Encoding::Thrift] {
            check(b"[{}]", expected, Err(&format!("Expected a {expected} encoded list, but received: JSON_V2\n")));
            check(v1, expected, Err(&format!("Expected a {expected} encoded list, but received: JSON_V1\n")));
        }
    }

    #[test]
    fn a_path_and_a_content_type_stand_for_an_encoding() {
        for (version, content_type, expect) in [
            (Version::V2, None, Encoding::JsonV2),
            (Version::V2, Some(""), Encoding::JsonV2),
            (Version::V2, Some("application/json; charset=utf-8"), Encoding::JsonV2),
            (Version::V2, Some("application/x-protobuf"), Encoding::Proto3),
            (Version::V2, Some("Application/X-Protobuf;messageType=x"), Encoding::Proto3),
            (Version::V2, Some("application/protobuf"), Encoding::Proto3),
            (Version::V2, Some("application/x-thrift"), Encoding::JsonV2),
            (Version::V1, None, Encoding::JsonV1),
            (Version::V1, Some("application/json"), Encoding::JsonV1),
            (Version::V1, Some(" application/x-thrift "), Encoding::Thrift),
            (Version::V1, Some("application/x-protobuf"), Encoding::JsonV1),
            (Version::V1, Some("text/plain"), Encoding::JsonV1),
        ] {
            assert_eq!(Encoding::of(version, content_type), expect, "of {version:?} {content_type:?}");
        }
    }

    #[test]
    fn a_body_from_a_queue_is_told_by_its_first_bytes() {
        let list = |encoding| Some(Detected { encoding, is_one: false });
        let one = |encoding| Some(Detected { encoding, is_one: true });
        for (body, expect) in [
            (&br#"[{"traceId":"1","id":"2"}]"#[..], list(Encoding::JsonV1)),
            (br#"[{"binaryAnnotations":[]}]"#, list(Encoding::JsonV1)),
            (br#"[{"localEndpoint":{}}]"#, list(Encoding::JsonV2)),
            (br#"[{"remoteEndpoint":{}}]"#, list(Encoding::JsonV2)),
            (br#"[{"tags":{}}]"#, list(Encoding::JsonV2)),
            (br#"{"traceId":"1","id":"2"}"#, one(Encoding::JsonV1)),
            (br#"{"tags":{}}"#, None),
            (&[10, 30, 10, 8], list(Encoding::Proto3)),
            (&[12, 0, 0, 0, 1], list(Encoding::Thrift)),
            (&[11, 0, 0, 0, 1], list(Encoding::Thrift)),
            (&[11, 0, 3, 0, 0], one(Encoding::Thrift)),
            (&[10, 0, 1, 0, 0], one(Encoding::Thrift)),
            (&[10], None),
            (b"hello", None),
            (b"", None),
            (&[0x80, 0], None),
        ] {
            assert_eq!(detect(body), expect, "of {:?}", String::from_utf8_lossy(body));
        }
    }

    #[test]
    fn the_other_version_of_json_is_named() {
        let v1 = br#"[{"traceId":"1","id":"2","binaryAnnotations":[]}]"#;
        check(v1, Encoding::JsonV2, Err("Expected a JSON_V2 encoded list, but received: JSON_V1\n"));
        check(v1, Encoding::JsonV1, Ok(Sniffed::List));
        for v2 in [&br#"[{"localEndpoint":{}}]"#[..], br#"[{"tags":{}}]"#] {
            check(v2, Encoding::JsonV1, Err("Expected a JSON_V1 encoded list, but received: JSON_V2\n"));
            check(v2, Encoding::JsonV2, Ok(Sniffed::List));
        }
    }
}
