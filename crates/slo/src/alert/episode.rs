//! What one stretch of firing is called: the same after a restart, on every node, in every sink.

use nines_base::Timestamp;
use std::fmt;

/// Keeps these digests apart from any other use of blake3.
const EPISODE_CONTEXT: &str = "nines alert episode v1";

/// Which alert of which objective.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct AlertKey {
    /// `metadata.name` of the SLO.
    pub slo: String,
    /// Label of the objective.
    pub objective: String,
    /// What names the alert.
    pub severity: String,
}

/// An episode: an alert from its firing to its end.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct EpisodeId([u8; 8]);

impl EpisodeId {
    /// The episode of an alert that began to fire at an instant.
    pub fn of(key: &AlertKey, started: Timestamp) -> EpisodeId {
        let mut hasher = blake3::Hasher::new_derive_key(EPISODE_CONTEXT);
        for word in [&key.slo, &key.objective, &key.severity] {
            hasher.update(&(word.len() as u64).to_le_bytes());
            hasher.update(word.as_bytes());
        }
        hasher.update(&started.0.to_le_bytes());
        let mut id = [0; 8];
        id.copy_from_slice(&hasher.finalize().as_bytes()[..8]);
        EpisodeId(id)
    }

    /// From its 16 digits.
    pub fn parse(text: &str) -> Option<EpisodeId> {
        let is_written = text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        let number = is_written.then(|| u64::from_str_radix(text, 16).ok())??;
        Some(EpisodeId(number.to_be_bytes()))
    }
}

/// 16 hexadecimal digits.
impl fmt::Display for EpisodeId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(out, "{byte:02x}"))
    }
}

impl fmt::Debug for EpisodeId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}
