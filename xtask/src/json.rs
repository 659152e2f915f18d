//! Reading JSON answers in checks: what is missing is empty, and the check says what it missed.

use serde_json::Value;

/// Shorter words for what checks ask of a value. A field is read by index, which gives null where there is none.
pub trait Read {
    /// The items of a list; none of anything else.
    fn items(&self) -> &[Value];
    /// A text; empty for anything else.
    fn text(&self) -> &str;
    /// A number.
    fn number(&self) -> Option<f64>;
    /// Whether there is a value.
    fn is_there(&self) -> bool;
}

impl Read for Value {
    fn items(&self) -> &[Value] {
        self.as_array().map_or(&[], Vec::as_slice)
    }

    fn text(&self) -> &str {
        self.as_str().unwrap_or_default()
    }

    fn number(&self) -> Option<f64> {
        self.as_f64()
    }

    fn is_there(&self) -> bool {
        !self.is_null()
    }
}
