//! Why a body could not be decoded, in the words a client of Zipkin expects.
//!
//! The texts are Zipkin's own, as its collector answers them with status 400: clients, tests and
//! runbooks look for them, so they exist in English alone. Zipkin ends some of them with a line break
//! and a link into the manual of its parser; that link is left out.

use std::fmt;
use thiserror::Error;

/// Longest piece of a body that an error quotes; the rest would be the sender's data in someone's log.
const QUOTED_CHARS_MAX: usize = 120;

/// A body that could not be decoded. Nothing of it is in the batch (`DEC-1`).
#[derive(Clone, PartialEq, Eq, Debug, Error)]
#[error("{fault}{document}")]
pub struct DecodeError {
    /// What was being read.
    pub document: Document,
    /// What is wrong.
    pub fault: Fault,
}

/// What a decoder reads; its display is the end of the error's sentence.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
pub enum Document {
    /// Zipkin spans in JSON.
    #[error(" reading List<Span> from json")]
    ZipkinJson,
    /// Zipkin spans in protobuf.
    #[error(" reading List<Span> from proto3")]
    ZipkinProto3,
    /// Zipkin spans in thrift.
    #[error(" reading List<Span> from TBinary")]
    ZipkinThrift,
    /// One Zipkin span in JSON, without a list around it.
    #[error(" reading Span from json")]
    OneInJson,
    /// One Zipkin span in thrift, without a list around it.
    #[error(" reading Span from TBinary")]
    OneInThrift,
    /// An OTLP request in protobuf.
    #[error(" reading ExportTraceServiceRequest from protobuf")]
    Otlp,
    /// An OTLP request in JSON.
    #[error(" reading ExportTraceServiceRequest from json")]
    OtlpJson,
    /// Not known: the first look at the body already failed.
    #[error("")]
    Unread,
}

/// Where in a text: line and column count from 1, in UTF-16 units as Zipkin counts.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Place {
    /// Line.
    pub line: usize,
    /// Column just after the piece that is wrong.
    pub column: usize,
    /// JSON path of it, such as `$[0].tags.foo`.
    pub path: String,
}

impl fmt::Display for Place {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, " at line {} column {} path {}", self.line, self.column, self.path)
    }
}

/// What is wrong with a body.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum Fault {
    /// The first byte cannot start a list of spans, or a list of another version was found.
    /// Zipkin ends this sentence with a line feed.
    #[error("{0}")]
    NotExpected(crate::zipkin::NotExpected),
    /// Neither path nor content type say what it is, and its first bytes do not either.
    #[error("Could not detect the span format")]
    NotDetected,
    /// Not JSON, or not the shape of a list of spans.
    #[error("Malformed")]
    Malformed,
    /// The text ends too early.
    #[error("End of input{0}")]
    EndOfInput(Place),
    /// A value of another type stands there.
    #[error("Expected {expected} but was {found}{place}")]
    Unexpected {
        /// With its article: `a string`.
        expected: &'static str,
        /// The type found: `NULL`, `BOOLEAN`, …
        found: &'static str,
        /// Where.
        place: Place,
    },
    /// More lists and objects inside one another than are followed.
    #[error("Nesting limit {limit} reached{place}")]
    Nesting {
        /// The limit.
        limit: usize,
        /// Where.
        place: Place,
    },
    /// A text where a number must stand.
    #[error("For input string: \"{0}\"")]
    NotANumber(String),
    /// A text without a character where a number must stand.
    #[error("empty String")]
    EmptyNumber,
    /// A number with a fraction, or outside the range of its field.
    #[error("Expected {expected} but was {text}{place}")]
    NotWhole {
        /// With its article: `a long`.
        expected: &'static str,
        /// The number as sent.
        text: String,
        /// Where.
        place: Place,
    },
    /// An id with a character outside `0-9a-f`.
    #[error("{0} should be lower-hex encoded with no prefix")]
    NotLowerHex(String),
    /// An id without a digit.
    #[error("{0} is empty")]
    EmptyId(&'static str),
    /// An id with too many digits.
    #[error("{field}.length > {limit}")]
    LongId {
        /// `traceId`, `id` or `parentId`.
        field: &'static str,
        /// Most digits it may have.
        limit: usize,
    },
    /// An id of zeros.
    #[error("{0} is all zeros")]
    ZeroId(&'static str),
    /// An id of version 1 that is not one.
    #[error("{0} should be a 1 to 32 character lower-hex string with no prefix")]
    NotHex(String),
    /// A span of version 1 without an id, or with one of zeros.
    #[error("{0} == 0")]
    NoId(&'static str),
    /// A span without its ids.
    #[error("Missing :{}{}", if *.trace_id { " traceId" } else { "" }, if *.id { " id" } else { "" })]
    Missing {
        /// Whether the trace id is missing.
        trace_id: bool,
        /// Whether the span id is missing.
        id: bool,
    },
    /// A tag whose value is `null`.
    #[error("No value at {0}")]
    NoValue(String),
    /// An annotation without time or without text.
    #[error("Incomplete annotation at {0}")]
    IncompleteAnnotation(String),
    /// A binary annotation without its key.
    #[error("No key at {0}")]
    NoKey(String),
    /// A kind that is none of the four.
    #[error("No enum constant zipkin2.Span.Kind.{0}")]
    UnknownKind(String),
    /// A port above 65535.
    #[error("invalid port {0}")]
    InvalidPort(i64),
    /// Fewer bytes are left than the next piece of thrift has.
    #[error("Truncated: length {length} > bytes available {available}")]
    Truncated {
        /// Bytes it has.
        length: usize,
        /// Bytes that are left.
        available: usize,
    },
    /// Bytes that are not protobuf, or a field of another type than its number says.
    #[error("Malformed field {field} at byte {at}: {why}")]
    Protobuf {
        /// Number of the innermost field whose content was being read; 0 before the first.
        field: u32,
        /// Offset in the body.
        at: usize,
        /// What is wrong.
        why: &'static str,
    },
    /// JSON that says of an OTLP message what it cannot be.
    #[error("{0}")]
    NotOtlp(&'static str),
    /// More bytes than a batch can index.
    #[error("Body of {0} bytes is too large to index")]
    TooLarge(usize),
}

/// `text`, cut to what an error may quote.
pub(crate) fn quoted(text: &str) -> String {
    match text.char_indices().nth(QUOTED_CHARS_MAX) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
