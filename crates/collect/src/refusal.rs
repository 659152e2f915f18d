//! Why a message is not taken, and what each protocol calls that.

use crate::body::{BODY_WINDOW, BODY_WINDOW_BYTES_MIN};
use http::StatusCode;
use thiserror::Error;

/// Why a message was not taken. Nothing of it is stored.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum Refusal {
    /// It cannot be read as what it claims to be.
    #[error("{0}")]
    Malformed(String),
    /// Larger than a named limit.
    #[error("the {} is larger than {limit_bytes} bytes; send fewer spans in a message", kind(*.inflated))]
    TooLarge {
        /// The limit in bytes.
        limit_bytes: usize,
        /// Whether it is the size after inflation that is too large.
        inflated: bool,
    },
    /// Its bytes came in too slowly.
    #[error("fewer than {BODY_WINDOW_BYTES_MIN} bytes of the body came within {} s; send it again", BODY_WINDOW.as_secs())]
    TooSlow,
    /// A content type or an encoding that is not read here.
    #[error("{0}")]
    Unsupported(String),
    /// Too much is in flight; the same message may be sent again shortly.
    #[error("{0}")]
    Overloaded(String),
    /// The store takes nothing at present; the same message may be sent again later.
    #[error("{0}")]
    Unavailable(String),
}

fn kind(is_inflated: bool) -> &'static str {
    if is_inflated { "inflated body" } else { "body" }
}

/// The kinds of refusal, as counters tell them apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(usize)]
#[allow(missing_docs, reason = "those of `Refusal`")]
pub enum Reason {
    Malformed = 0,
    TooLarge,
    TooSlow,
    Unsupported,
    Overloaded,
    Unavailable,
}

impl Reason {
    /// Every reason, in the order of their numbers.
    pub const ALL: [Reason; 6] = [
        Reason::Malformed,
        Reason::TooLarge,
        Reason::TooSlow,
        Reason::Unsupported,
        Reason::Overloaded,
        Reason::Unavailable,
    ];

    /// The value of the label `reason`.
    pub const fn label(self) -> &'static str {
        match self {
            Reason::Malformed => "malformed",
            Reason::TooLarge => "too_large",
            Reason::TooSlow => "too_slow",
            Reason::Unsupported => "unsupported",
            Reason::Overloaded => "overloaded",
            Reason::Unavailable => "unavailable",
        }
    }

    /// The status of an answer over HTTP.
    pub const fn http_status(self) -> StatusCode {
        match self {
            Reason::Malformed => StatusCode::BAD_REQUEST,
            Reason::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Reason::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Reason::Unsupported => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Reason::Overloaded => StatusCode::TOO_MANY_REQUESTS,
            Reason::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// gRPC's code, which OTLP's answers over HTTP carry too. OTLP has senders repeat what is
    /// `RESOURCE_EXHAUSTED` only where the answer says when; so it fits what is too large as well.
    pub const fn grpc_code(self) -> i32 {
        match self {
            Reason::Malformed => 3,
            Reason::TooSlow => 4,
            Reason::TooLarge | Reason::Overloaded => 8,
            Reason::Unsupported => 12,
            Reason::Unavailable => 14,
        }
    }

    /// Whether the same message may be sent again later.
    pub const fn is_for_later(self) -> bool {
        matches!(self, Reason::Overloaded | Reason::Unavailable)
    }
}

impl Refusal {
    /// Its kind.
    pub const fn reason(&self) -> Reason {
        match self {
            Refusal::Malformed(_) => Reason::Malformed,
            Refusal::TooLarge { .. } => Reason::TooLarge,
            Refusal::TooSlow => Reason::TooSlow,
            Refusal::Unsupported(_) => Reason::Unsupported,
            Refusal::Overloaded(_) => Reason::Overloaded,
            Refusal::Unavailable(_) => Reason::Unavailable,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_numbered_in_order_and_only_want_of_room_is_for_later() {
        for (number, reason) in Reason::ALL.into_iter().enumerate() {
            assert_eq!(reason as usize, number);
            // OTLP's senders repeat 429 and 503 (and 502 and 504, which no server of ours says).
            assert_eq!(reason.is_for_later(), matches!(reason.http_status().as_u16(), 429 | 503), "{reason:?}");
        }
    }
}
