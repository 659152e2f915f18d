//! Texts of settings to values: sizes, durations, addresses, words.

use crate::messages::Say;
use nines_base::DurationUs;
use nines_notify::Secret;
use std::net::{SocketAddr, ToSocketAddrs};
use std::path::Path;

/// A fact and its hint.
pub type ValueFault = (Say, Say);

const UNITS: [(&str, u64); 10] = [
    ("KiB", 1 << 10),
    ("MiB", 1 << 20),
    ("GiB", 1 << 30),
    ("TiB", 1 << 40),
    ("kB", 1_000),
    ("KB", 1_000),
    ("MB", 1_000_000),
    ("GB", 1_000_000_000),
    ("TB", 1_000_000_000_000),
    ("B", 1),
];

/// `400MiB`, `50GB`, `1024`.
pub fn size(text: &str) -> Result<u64, ValueFault> {
    let fault = || (Say::BadSize { value: text.to_owned() }, Say::BadSizeHint);
    let (number, unit) = match UNITS.iter().find(|(unit, _)| text.ends_with(unit)) {
        Some((unit, bytes)) => (&text[..text.len() - unit.len()], *bytes),
        None => (text, 1),
    };
    let number: u64 = number.trim().parse().map_err(|_| fault())?;
    number.checked_mul(unit).ok_or_else(fault)
}

/// `30s`, `1h30m`, `7d`.
pub fn duration(text: &str) -> Result<DurationUs, ValueFault> {
    text.parse().map_err(|_| (Say::BadDuration { value: text.to_owned() }, Say::BadDurationHint))
}

/// `HOST:PORT`; a name is looked up.
pub fn address(text: &str) -> Result<SocketAddr, ValueFault> {
    let fault = || (Say::BadAddress { value: text.to_owned() }, Say::BadAddressHint);
    text.to_socket_addrs().map_err(|_| fault())?.next().ok_or_else(fault)
}

/// `true` or `false`, in any case: variables of other servers are often in capitals.
pub fn truth(text: &str) -> Result<bool, ValueFault> {
    text.to_ascii_lowercase().parse().map_err(|_| word_fault(text, "true, false"))
}

/// A whole number above zero.
pub fn count(text: &str) -> Result<usize, ValueFault> {
    let count = text.parse().ok().filter(|count| *count > 0);
    count.ok_or_else(|| (Say::BadCount { value: text.to_owned() }, Say::BadCountHint))
}

/// A whole number, of which 0 is no limit.
pub fn limit(text: &str) -> Result<usize, ValueFault> {
    text.parse().map_err(|_| (Say::BadCount { value: text.to_owned() }, Say::BadLimitHint))
}

/// What stands between commas, without spaces around it.
pub fn listed(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(',').map(str::trim).filter(|item| !item.is_empty()).map(str::to_owned)
}

/// The secret that a file holds. An empty one is refused: it would verify whatever anybody signs.
pub fn secret(path: &Path) -> Result<Secret, ValueFault> {
    let name = || path.display().to_string();
    let text = std::fs::read_to_string(path)
        .map_err(|error| (Say::CannotRead { path: name(), reason: error.to_string() }, Say::CannotReadHint))?;
    if text.trim().is_empty() {
        return Err((Say::EmptySecret { path: name() }, Say::EmptySecretHint));
    }
    Ok(Secret::new(&text))
}

/// A word that is none of `words`.
pub fn word_fault(value: &str, words: &str) -> ValueFault {
    (Say::BadWord { value: value.to_owned(), words: words.to_owned() }, Say::BadWordHint { words: words.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_durations_read_their_units() {
        assert_eq!(size("400MiB").unwrap(), 400 << 20);
        assert_eq!(size("1024").unwrap(), 1024);
        assert_eq!(size("2 GB").unwrap(), 2_000_000_000);
        for wrong in ["", "MiB", "4QiB", "99999999999999TiB", "-1"] {
            assert!(size(wrong).is_err(), "{wrong}");
        }
        assert_eq!(duration("1h30m").unwrap(), DurationUs::from_secs(5400));
        assert_eq!(duration("150s").unwrap(), DurationUs::from_secs(150));
        assert!(duration("10").is_err());
    }
}
