//! Query parameters by Zipkin's rules: an empty value is an absent one, numbers speak Java's error.

use super::answer::QueryError;
use std::collections::HashMap;

/// The parameters of a request; where a name is repeated, the first counts.
#[derive(Default, Debug)]
pub struct Parameters(HashMap<String, String>);

impl Parameters {
    /// Reads a raw query string.
    pub fn read(query: Option<&str>) -> Parameters {
        let mut parameters = HashMap::new();
        for pair in query.unwrap_or_default().split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            parameters.entry(decode(name)).or_insert_with(|| decode(value));
        }
        Parameters(parameters)
    }

    /// A text; `None` when absent or empty.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// A text that must be there, though it may be empty.
    pub fn mandatory(&self, name: &str) -> Result<&str, QueryError> {
        self.0.get(name).map(String::as_str).ok_or_else(|| QueryError::missing(name))
    }

    /// A whole number.
    pub fn number(&self, name: &str) -> Result<Option<i64>, QueryError> {
        let Some(text) = self.text(name) else { return Ok(None) };
        text.parse().map(Some).map_err(|_| QueryError::bad(format!("For input string: \"{text}\"")))
    }

    /// A whole number of 32 bits.
    pub fn small_number(&self, name: &str) -> Result<Option<i32>, QueryError> {
        let Some(text) = self.text(name) else { return Ok(None) };
        text.parse().map(Some).map_err(|_| QueryError::bad(format!("For input string: \"{text}\"")))
    }
}

/// Undoes form encoding; a stray `%` stands for itself, broken UTF-8 becomes U+FFFD.
fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut plain = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let escaped = (bytes[at] == b'%').then(|| hex_pair(bytes.get(at + 1..at + 3))).flatten();
        match (bytes[at], escaped) {
            (_, Some(byte)) => {
                plain.push(byte);
                at += 3;
            }
            (b'+', None) => {
                plain.push(b' ');
                at += 1;
            }
            (byte, None) => {
                plain.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&plain).into_owned()
}

fn hex_pair(pair: Option<&[u8]>) -> Option<u8> {
    let digit = |byte: u8| (byte as char).to_digit(16);
    let pair = pair?;
    Some((digit(pair[0])? << 4 | digit(pair[1])?) as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_decoded_and_the_first_of_a_name_counts() {
        let parameters = Parameters::read(Some("a=1&a=2&b=get+%2Fx%20y&c=&d&e=%E2%BB%A9&f=100%"));
        assert_eq!(parameters.text("a"), Some("1"));
        assert_eq!(parameters.text("b"), Some("get /x y"));
        assert_eq!(parameters.text("c"), None);
        assert_eq!(parameters.text("e"), Some("⻩"));
        assert_eq!(parameters.text("f"), Some("100%"));
        assert!(parameters.mandatory("d").is_ok());
        assert!(parameters.mandatory("z").is_err());
    }

    #[test]
    fn numbers_are_absent_when_empty_and_checked_otherwise() {
        let parameters = Parameters::read(Some("limit=&lookback=x&endTs=%2B5&minDuration=-5&big=2147483648"));
        assert_eq!(parameters.number("limit").unwrap(), None);
        assert!(parameters.number("lookback").is_err());
        assert_eq!(parameters.number("endTs").unwrap(), Some(5));
        assert_eq!(parameters.number("minDuration").unwrap(), Some(-5));
        assert_eq!(parameters.number("big").unwrap(), Some(2_147_483_648));
        assert!(parameters.small_number("big").is_err());
    }
}
