//! Names of tables, chains, sets and counters, and the ids that rules carry.

use std::borrow::Cow;
use std::fmt;

/// Bytes of a name at most: the kernel's `NFT_NAME_MAXLEN` less the closing NUL.
pub const NAME_BYTES_MAX: usize = 255;
/// Bytes of a rule's id at most: `nft` shows comments of 128, its closing NUL included.
pub const RULE_ID_BYTES_MAX: usize = 127;

/// Why a text is no name or no id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// Nothing at all.
    #[error("a name is empty")]
    Empty,
    /// More bytes than the kernel keeps.
    #[error("a name has {0} bytes, more than {1}")]
    TooLong(usize, usize),
    /// A NUL, or in an id a quote or a control character.
    #[error("a name holds a character that cannot be written to the kernel or shown")]
    Character,
}

/// The name of a table, chain, set or object. Invariant: 1 to 255 bytes without NUL.
///
/// Names of ours are words of `nft` syntax; those of others may be anything the kernel takes.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(Cow<'static, str>);

impl Name {
    /// A name known when the program is built; a wrong one does not compile in a `const`.
    ///
    /// # Panics
    /// Where the text is empty, too long or holds a NUL.
    #[must_use]
    pub const fn fixed(text: &'static str) -> Name {
        assert!(check_name(text.as_bytes()).is_ok(), "a name of 1 to 255 bytes without NUL");
        Name(Cow::Borrowed(text))
    }

    /// # Errors
    /// Where the text is empty, too long or holds a NUL.
    pub fn new(text: impl Into<String>) -> Result<Name, NameError> {
        let text = text.into();
        check_name(text.as_bytes())?;
        Ok(Name(Cow::Owned(text)))
    }

    /// The text of it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

const fn check_name(bytes: &[u8]) -> Result<(), NameError> {
    if bytes.is_empty() {
        return Err(NameError::Empty);
    }
    if bytes.len() > NAME_BYTES_MAX {
        return Err(NameError::TooLong(bytes.len(), NAME_BYTES_MAX));
    }
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] == 0 {
            return Err(NameError::Character);
        }
        at += 1;
    }
    Ok(())
}

/// What a rule is known by across plans: written to the kernel with the rule, shown by `nft` as its comment.
/// Invariant: 1 to 127 bytes without quotes and control characters.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleId(Cow<'static, str>);

impl RuleId {
    /// An id known when the program is built; a wrong one does not compile in a `const`.
    ///
    /// # Panics
    /// Where the text is empty, too long, or holds a quote or a control character of ASCII.
    #[must_use]
    pub const fn fixed(text: &'static str) -> RuleId {
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            assert!(bytes[at] != b'"' && !bytes[at].is_ascii_control(), "an id without quotes and controls");
            at += 1;
        }
        assert!(at > 0 && at <= RULE_ID_BYTES_MAX, "an id of 1 to 127 bytes");
        RuleId(Cow::Borrowed(text))
    }

    /// # Errors
    /// Where the text is empty, too long, or holds a quote or a control character.
    pub fn new(text: impl Into<String>) -> Result<RuleId, NameError> {
        let text = text.into();
        if text.is_empty() {
            return Err(NameError::Empty);
        }
        if text.len() > RULE_ID_BYTES_MAX {
            return Err(NameError::TooLong(text.len(), RULE_ID_BYTES_MAX));
        }
        if text.contains(|char: char| char == '"' || char.is_control()) {
            return Err(NameError::Character);
        }
        Ok(RuleId(Cow::Owned(text)))
    }

    /// The text of it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.0)
    }
}

impl fmt::Display for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.0)
    }
}
