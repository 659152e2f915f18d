//! Options of a measurement: `--name value`, each known, each checked.

use std::collections::BTreeMap;
use std::time::Duration;

/// What was given on the command line.
#[derive(Debug)]
pub struct Options<'a> {
    given: BTreeMap<&'a str, &'a str>,
}

impl<'a> Options<'a> {
    /// Reads the words; an option that is not `known` is an error that lists those that are.
    pub fn parse(words: &[&'a str], known: &[&str]) -> Result<Options<'a>, String> {
        let mut given = BTreeMap::new();
        let mut words = words.iter();
        while let Some(name) = words.next() {
            if !known.contains(name) {
                return Err(format!("unknown option `{name}`\nhint: there are {}", known.join(", ")));
            }
            let value = words.next().ok_or_else(|| format!("{name} needs a value"))?;
            given.insert(*name, *value);
        }
        Ok(Options { given })
    }

    /// A text, if given.
    pub fn text(&self, name: &str) -> Option<&'a str> {
        self.given.get(name).copied()
    }

    /// A list separated by commas, each read by `read`; `default` if not given.
    pub fn list<T>(&self, name: &str, default: Vec<T>, read: fn(&str) -> Result<T, String>) -> Result<Vec<T>, String> {
        self.text(name).map_or(Ok(default), |text| text.split(',').map(read).collect())
    }

    /// A whole number above 0, which may end in k or M.
    pub fn count(&self, name: &str, default: u64) -> Result<u64, String> {
        let Some(text) = self.text(name) else { return Ok(default) };
        let (digits, unit) = match text.as_bytes().last() {
            Some(b'k') => (&text[..text.len() - 1], 1_000),
            Some(b'M') => (&text[..text.len() - 1], 1_000_000),
            _ => (text, 1),
        };
        match digits.parse::<u64>().ok().and_then(|number| number.checked_mul(unit)) {
            Some(number) if number > 0 => Ok(number),
            _ => Err(format!("{name} needs a whole number above 0, such as 16, 20k or 10M, not `{text}`")),
        }
    }

    /// A time: seconds, or a number that ends in s, m or h.
    pub fn duration(&self, name: &str, default: Duration) -> Result<Duration, String> {
        let Some(text) = self.text(name) else { return Ok(default) };
        let (digits, unit) = match text.as_bytes().last() {
            Some(b's') => (&text[..text.len() - 1], 1),
            Some(b'm') => (&text[..text.len() - 1], 60),
            Some(b'h') => (&text[..text.len() - 1], 3_600),
            _ => (text, 1),
        };
        match digits.parse::<u64>().ok().and_then(|number| number.checked_mul(unit)) {
            Some(seconds) if seconds > 0 => Ok(Duration::from_secs(seconds)),
            _ => Err(format!("{name} needs a time above 0, such as 30, 30s, 2m or 1h, not `{text}`")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_read_and_faults_named() {
        let options = Options::parse(&["--for", "2m", "--spans", "10M"], &["--for", "--spans"]).unwrap();
        assert_eq!(options.duration("--for", Duration::ZERO), Ok(Duration::from_secs(120)));
        assert_eq!(options.count("--spans", 1), Ok(10_000_000));
        assert_eq!(options.count("--connections", 16), Ok(16));
        let refused = |value| Options::parse(&["--for", value], &["--for"]).unwrap().count("--for", 1).unwrap_err();
        assert!(refused("0").ends_with("not `0`"));
        assert!(refused("x").ends_with("not `x`"));
        assert_eq!(Options::parse(&["--for"], &["--for"]).unwrap_err(), "--for needs a value");
        assert!(Options::parse(&["--fast", "1"], &["--for"]).unwrap_err().starts_with("unknown option `--fast`"));
    }
}
